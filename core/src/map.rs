//! A map from names to anything. One compiled tree serves every kind of value, the same that the parser
//! of YAML brings along: each further kind of the standard library's map would add about four kilobytes
//! to the WebAssembly.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// A map from names to values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<V> {
    index: BTreeMap<Cow<'static, str>, usize>,
    values: Vec<V>,
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self { index: BTreeMap::new(), values: Vec::new() }
    }
}

impl<V> Map<V> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.values.get(*self.index.get(name)?)
    }

    /// The value of a name, which `make` makes where there is none yet.
    pub fn or_insert_with(&mut self, name: String, make: impl FnOnce() -> V) -> Option<&mut V> {
        let at = self.place(name);
        if at == self.values.len() {
            self.values.push(make());
        }
        self.values.get_mut(at)
    }

    /// Gives a name a value; a second one replaces the first.
    pub fn insert(&mut self, name: String, value: V) {
        let at = self.place(name);
        match self.values.get_mut(at) {
            Some(old) => *old = value,
            None => self.values.push(value),
        }
    }

    /// Gives a name a value where it has none yet, and says whether that was so.
    pub fn insert_new(&mut self, name: String, value: V) -> bool {
        let before = self.values.len();
        let _ = self.or_insert_with(name, || value);
        self.values.len() > before
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Names and values in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.index.iter().filter_map(|(name, at)| Some((name.as_ref(), self.values.get(*at)?)))
    }

    /// Where the value of a name is or belongs; behind the last value where there is none, which must
    /// then be pushed.
    fn place(&mut self, name: String) -> usize {
        let next = self.values.len();
        match self.index.get(name.as_str()) {
            Some(at) => *at,
            None => {
                self.index.insert(Cow::Owned(name), next);
                next
            }
        }
    }
}

impl<V> FromIterator<(String, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(pairs: I) -> Self {
        let mut map = Self::default();
        for (name, value) in pairs {
            map.insert(name, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn the_first_value_of_a_name_stays() {
        let mut map = Map::default();
        assert!(map.insert_new("b".to_string(), 1));
        assert!(!map.insert_new("b".to_string(), 2));
        assert!(map.insert_new("a".to_string(), 3));
        *map.or_insert_with("a".to_string(), || 0).unwrap() += 1;
        assert_eq!((map.get("b"), map.get("c")), (Some(&1), None));
        assert_eq!(map.iter().collect::<Vec<_>>(), [("a", &4), ("b", &1)]);
    }

    #[test]
    fn a_value_that_is_inserted_replaces_the_first() {
        let pairs = [("b", 1), ("a", 2), ("b", 3)].map(|(name, value)| (name.to_string(), value));
        let map: Map<i32> = pairs.into_iter().collect();
        assert_eq!(map.iter().collect::<Vec<_>>(), [("a", &2), ("b", &3)]);
    }
}
