//! Finds the openings with which a text in another language than English tells its reader who they
//! are, "Du bist …", or introduces itself.

/// The openings of one language, in lowercase.
struct Language {
    /// The beginnings of "You are …". If they are ambiguous, the next word is part of them.
    addresses: &'static [&'static str],
    /// If the beginning is not enough: what one of the clauses after it ends with.
    ends: &'static [&'static str],
    /// Words after the beginning with which documentation addresses its reader.
    readers: &'static [&'static str],
    /// The beginnings of "I am a …".
    introduces: &'static [&'static str],
}

#[rustfmt::skip]
static LANGUAGES: [Language; 23] = [
    // German
    Language {
        addresses: &["du bist ", "sie sind ein erfahren", "sie sind eine erfahren", "sie sind ein expert",
            "sie sind eine expert", "du agierst als ", "du arbeitest als ", "deine rolle ist ",
            "deine aufgabe ist "],
        ends: &[],
        readers: &["auf", "bereit", "dabei", "dir", "fertig", "frei", "gerade", "hier", "in", "jetzt", "neu",
            "nicht", "schon"],
        introduces: &["ich bin ein ", "ich bin eine ", "ich bin der ", "ich bin die "],
    },
    // French
    Language {
        addresses: &["tu es ", "vous êtes un ", "vous êtes une ", "vous êtes le ", "vous êtes la ",
            "vous êtes l'", "vous êtes l’", "vous êtes expert", "ton rôle est ", "votre rôle est ",
            "agis en tant que ", "agissez en tant que "],
        ends: &[],
        readers: &["dans", "déjà", "en", "ici", "libre", "nouveau", "pas", "prêt", "sur"],
        introduces: &["je suis un ", "je suis une "],
    },
    // Spanish
    Language {
        addresses: &["eres ", "usted es un ", "usted es una ", "actúa como ", "actúas como ", "tu rol es "],
        ends: &[],
        readers: &["bienvenida", "bienvenido", "capaz", "libre", "nueva", "nuevo"],
        introduces: &["soy un ", "soy una ", "soy el ", "soy la ", "soy experto ", "soy especialista "],
    },
    // Portuguese
    Language {
        addresses: &["você é ", "tu és ", "atue como ", "seu papel é "],
        ends: &[],
        readers: &["bem", "capaz", "livre", "nova", "novo"],
        introduces: &["sou um ", "sou uma ", "sou o ", "sou a ", "sou especialista ", "eu sou um ",
            "eu sou uma "],
    },
    // Italian, where the word for "are" is also "six"
    Language {
        addresses: &["sei un ", "sei uno ", "sei una ", "sei un'", "sei un’", "sei il ", "sei lo ", "sei la ",
            "sei l'", "sei l’", "agisci come ", "il tuo ruolo è "],
        ends: &[],
        readers: &[],
        introduces: &["io sono un ", "io sono una "],
    },
    // Dutch
    Language {
        addresses: &["je bent ", "jij bent ", "u bent een ", "je rol is ", "jouw rol is "],
        ends: &[],
        readers: &["al", "hier", "in", "klaar", "niet", "nieuw", "nu", "op", "vrij"],
        introduces: &["ik ben een "],
    },
    // Polish
    Language {
        addresses: &["jesteś ", "twoja rola to ", "działaj jako "],
        ends: &[],
        readers: &["gotowa", "gotowy", "już", "na", "nowy", "tu", "tutaj", "w"],
        introduces: &[],
    },
    // Czech
    Language {
        addresses: &["jsi ", "tvoje role je "],
        ends: &[],
        readers: &["na", "nový", "připraven", "připravena", "tady", "tu", "už", "v"],
        introduces: &[],
    },
    // Hungarian, where the verb follows the noun and is also "or"
    Language {
        addresses: &["te egy ", "te vagy ", "ön egy "],
        ends: &["vagy", "asszisztens", "szakértő"],
        readers: &[],
        introduces: &[],
    },
    // Russian, which has no such verb
    Language {
        addresses: &["ты — ", "ты – ", "ты - ", "вы — ", "вы – ", "вы - ", "ты являешься ", "вы являетесь ",
            "ты эксперт", "ты опытный ", "твоя роль "],
        ends: &[],
        readers: &[],
        introduces: &[],
    },
    // Ukrainian, which has no such verb either
    Language {
        addresses: &["ти — ", "ти – ", "ти - ", "ви — ", "ви – ", "ви - ", "ти є ", "ти експерт",
            "ти досвідчен", "твоя роль "],
        ends: &[],
        readers: &[],
        introduces: &[],
    },
    // Romanian
    Language {
        addresses: &["ești un ", "ești o ", "esti un ", "esti o ", "rolul tău este ", "acționează ca "],
        ends: &[],
        readers: &[],
        introduces: &["sunt un ", "sunt o "],
    },
    // Swedish
    Language {
        addresses: &["du är en ", "du är ett ", "din roll är ", "agera som "],
        ends: &[],
        readers: &["av"],
        introduces: &["jag är en ", "jag är ett "],
    },
    // Danish and Norwegian
    Language {
        addresses: &["du er en ", "du er et ", "du er ei ", "din rolle er ", "rollen din er "],
        ends: &[],
        readers: &["af", "av"],
        introduces: &["jeg er en ", "jeg er et "],
    },
    // Finnish
    Language {
        addresses: &["olet ", "roolisi on ", "tehtäväsi on "],
        ends: &[],
        readers: &["jo", "nyt", "täällä", "valmis"],
        introduces: &[],
    },
    // Turkish, where the verb is an ending
    Language {
        addresses: &["sen ", "siz "],
        ends: &["sın", "sin", "sun", "sün", "sınız", "siniz", "sunuz", "sünüz"],
        readers: &[],
        introduces: &[],
    },
    // Greek
    Language {
        addresses: &["είσαι ένας ", "είσαι μια ", "είσαι μία ", "είσαι ένα ", "είσαι ο ", "είσαι η ",
            "ο ρόλος σου είναι "],
        ends: &[],
        readers: &[],
        introduces: &[],
    },
    // Vietnamese, also without its marks
    Language {
        addresses: &["bạn là ", "ban la ", "vai trò của bạn là ", "hãy đóng vai "],
        ends: &[],
        readers: &["ai", "người mới"],
        introduces: &["tôi là một "],
    },
    // Indonesian
    Language {
        addresses: &["anda adalah ", "kamu adalah ", "peran anda adalah ", "bertindaklah sebagai "],
        ends: &[],
        readers: &[],
        introduces: &["saya adalah seorang "],
    },
    // Thai
    Language {
        addresses: &["คุณคือ", "คุณเป็น"],
        ends: &[],
        readers: &["ใคร"],
        introduces: &[],
    },
    // Chinese
    Language {
        addresses: &["你是", "您是", "你现在是", "你現在是", "你将扮演", "你將扮演", "请你扮演", "請你扮演",
            "你的角色是"],
        ends: &[],
        readers: &["不是", "否", "指", "想", "说", "說"],
        introduces: &[],
    },
    // Japanese
    Language {
        addresses: &["あなたは"],
        ends: &["です", "である", "だ"],
        readers: &[],
        introduces: &[],
    },
    // Korean
    Language {
        addresses: &["너는 ", "넌 ", "당신은 "],
        ends: &["다", "야", "요"],
        readers: &[],
        introduces: &[],
    },
];

/// The number of non-empty lines searched for an opening.
pub(super) const OPENING_LINES: usize = 30;

/// Whether a text opens in one of the languages.
pub(crate) fn opens_in_another_language(text: &str) -> bool {
    let lines = text.lines().map(from_letter).filter(|line| !line.is_empty());
    lines.take(OPENING_LINES).any(|line| speaks_to_the_agent(line) || introduces_itself(line))
}

/// A line without the marks before its first word.
pub(super) fn from_letter(line: &str) -> &str {
    line.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a line tells its reader who they are, and does not ask it. `line` begins with a letter.
pub(super) fn speaks_to_the_agent(line: &str) -> bool {
    let says = |language: &Language, rest: &str| {
        !language.readers.iter().any(|word| begins_with_word(rest, word))
            && (language.ends.is_empty() || clauses(rest).any(|clause| is_ended(clause, language)))
            && !is_question(rest)
    };
    LANGUAGES.iter().any(|language| {
        let mut rests = language.addresses.iter().filter_map(|start| after(line, start));
        rests.any(|rest| says(language, rest))
    })
}

/// Whether the author of a line introduces themselves. `line` begins with a letter.
pub(super) fn introduces_itself(line: &str) -> bool {
    LANGUAGES.iter().any(|known| known.introduces.iter().any(|start| after(line, start).is_some()))
}

/// What follows a beginning.
fn after<'t>(line: &'t str, start: &str) -> Option<&'t str> {
    let mut rest = line.chars();
    let is_next =
        |wanted| rest.next().is_some_and(|c: char| c == wanted || c.to_lowercase().eq([wanted]));
    start.chars().all(is_next).then_some(rest.as_str())
}

/// In scripts without capitals, words are not separated.
fn begins_with_word(rest: &str, word: &str) -> bool {
    let is_whole = word.ends_with(char::is_lowercase);
    let rest = after(rest, word);
    rest.is_some_and(|rest| !is_whole || !rest.starts_with(char::is_alphanumeric))
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '.', ':', ';', '!', '、', '。', '，', '：', '！'])
}

fn is_ended(clause: &str, language: &Language) -> bool {
    let clause = clause.trim_end_matches(|c: char| !c.is_alphanumeric());
    language.ends.iter().any(|end| clause.ends_with(end))
}

fn is_question(text: &str) -> bool {
    let end = text.find(['.', '!', '?', '。', '！', '？']);
    end.and_then(|end| text.get(end..)).is_some_and(|rest| rest.starts_with(['?', '？']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_tells_an_agent_who_it_is() {
        for line in [
            "Du bist ein sorgfältiger Buchhalter.",
            "Sie sind ein erfahrener Buchhalter.",
            "Tu es un comptable soigneux.",
            "Vous êtes l'assistant du bureau.",
            "Eres la contable de la oficina.",
            "Você é um contador cuidadoso.",
            "VOCÊ É o contador.",
            "Sei un contabile attento.",
            "Je bent een nauwkeurige boekhouder.",
            "Jesteś księgowym w małym biurze.",
            "Jsi účetní v malé firmě.",
            "Te egy gondos könyvelő vagy, aki levelet ír.",
            "Ты — бухгалтер небольшой фирмы.",
            "Ти — бухгалтер невеликої фірми.",
            "Ești un contabil atent.",
            "Du är en noggrann bokhållare.",
            "Du er en omhyggelig bogholder.",
            "Olet huolellinen kirjanpitäjä.",
            "Sen küçük bir şirketin muhasebecisisin.",
            "Είσαι ένας προσεκτικός λογιστής.",
            "Bạn là kế toán của văn phòng.",
            "Ban la ke toan cua van phong.",
            "Anda adalah akuntan kantor.",
            "คุณคือนักบัญชีของสำนักงาน",
            "你是一名细心的会计。",
            "あなたは小さな会社の経理担当者です。",
            "너는 작은 회사의 회계 담당자다.",
            "당신은 회계 담당자입니다.",
        ] {
            assert!(speaks_to_the_agent(line), "{line}");
        }
    }

    #[test]
    fn a_reader_of_documentation_is_addressed_otherwise() {
        for line in [
            "Du bist hier richtig.",
            "Sie sind ein Teil des Pakets.",
            "Tu es prêt.",
            "Vous êtes prêt à commencer.",
            "Eres libre de usarlo.",
            "Eres el autor?",
            "Você é livre para copiar.",
            "Você é desenvolvedor? Comece aqui.",
            "Sei file sono nella cartella.",
            "Je bent klaar.",
            "Jesteś gotowy.",
            "Jsi v kořenové složce.",
            "Te egy fájlt vagy egy mappát adsz meg.",
            "Du är en av oss.",
            "Olet nyt valmis.",
            "Sen dosyayı aç ve oku.",
            "Bạn là người mới?",
            "คุณคือใคร",
            "你是否已经安装？",
            "あなたは経理担当者ですか。",
            "당신은 개발자인가요?",
        ] {
            assert!(!speaks_to_the_agent(line), "{line}");
        }
    }

    #[test]
    fn an_introduction_is_no_address() {
        for line in ["Ich bin eine Buchhalterin.", "Sou especialista em contas."] {
            assert!(introduces_itself(line) && !speaks_to_the_agent(line), "{line}");
        }
        assert!(!introduces_itself("Ich bin bereit."));
    }
}
