//! The rules, one file each. A rule reads the lists that parsing collected and asks the host for facts;
//! it names no host.

use crate::options::Profile;

mod context;
mod finding;
mod rule;
mod wording;

mod ambiguous_include;
mod bidi_control;
mod broken_numbering;
mod broken_reference;
mod clamped_heading;
mod conflicting_tool;
mod cut_value;
mod damaged_character;
mod dangerous_permission_mode;
mod deprecated_field;
mod deprecated_location;
mod description_length;
mod directive_in_code;
mod directive_in_front_matter;
mod doubled_quote;
mod duplicate_field;
mod duplicate_role_name;
mod duplicate_title;
mod duplicate_tool;
mod empty_body;
mod empty_section;
mod empty_tools;
mod escaped_fence;
mod expansion_limit;
mod first_person;
mod foreign_tool;
mod glued_delimiter;
mod glued_fence;
mod hidden_tag_characters;
mod host_placeholder;
mod ignored_field;
mod implicit_all_tools;
mod include_case_mismatch;
mod include_cycle;
mod invalid_color;
mod invalid_declaration;
mod invalid_field_type;
mod invalid_field_value;
mod invalid_name;
mod invalid_syntax;
mod invalid_yaml;
mod invisible_character;
mod leftover_text;
mod literal_escape;
mod literal_server_secret;
mod load_time_command;
mod machine_path;
mod misplaced_front_matter;
mod missing_delegate_tool;
mod missing_field;
mod missing_fragment;
mod missing_include;
mod missing_trigger;
mod multiline_inline_include;
mod name_mismatch;
mod near_miss_field;
mod nested_fence;
mod no_usable_tools;
mod orphaned_lead_in;
mod output_template;
mod over_limit;
mod plain_heading;
mod removed_tool;
mod repeated_section;
mod scoped_tool;
mod sensitive_include;
mod tool_case;
mod truncated_file;
mod unavailable_tool;
mod unclosed_directive;
mod unclosed_fence;
mod undefined_variable;
mod unfilled_placeholder;
mod uninformative_description;
mod unknown_agent;
mod unknown_directive;
mod unknown_field;
mod unknown_model;
mod unknown_rule;
mod unknown_skill;
mod unknown_tool;
mod unlisted_tool;
pub(crate) mod unreadable_file;
mod unsafe_include_path;
mod unused_suppression;
mod unused_variable;
mod useless_glob;
mod wildcard_tools;

pub(crate) use context::Context;
pub(crate) use finding::Finding;
pub(crate) use rule::Check;
pub use rule::{Example, Rule};

/// Every rule, in the order of the documentation.
const LIST: &[&Rule] = &[
    &ambiguous_include::RULE,
    &bidi_control::RULE,
    &broken_numbering::RULE,
    &broken_reference::RULE,
    &clamped_heading::RULE,
    &conflicting_tool::RULE,
    &cut_value::RULE,
    &dangerous_permission_mode::RULE,
    &deprecated_field::RULE,
    &deprecated_location::RULE,
    &damaged_character::RULE,
    &description_length::RULE,
    &directive_in_code::RULE,
    &directive_in_front_matter::RULE,
    &doubled_quote::RULE,
    &duplicate_field::RULE,
    &duplicate_role_name::RULE,
    &duplicate_title::RULE,
    &duplicate_tool::RULE,
    &empty_body::RULE,
    &empty_section::RULE,
    &empty_tools::RULE,
    &escaped_fence::RULE,
    &expansion_limit::RULE,
    &first_person::RULE,
    &foreign_tool::RULE,
    &glued_delimiter::RULE,
    &glued_fence::RULE,
    &hidden_tag_characters::RULE,
    &host_placeholder::RULE,
    &ignored_field::RULE,
    &implicit_all_tools::RULE,
    &include_case_mismatch::RULE,
    &include_cycle::RULE,
    &invalid_color::RULE,
    &invalid_declaration::RULE,
    &invalid_field_type::RULE,
    &invalid_field_value::RULE,
    &invalid_name::RULE,
    &invalid_syntax::RULE,
    &invalid_yaml::RULE,
    &invisible_character::RULE,
    &leftover_text::RULE,
    &literal_escape::RULE,
    &literal_server_secret::RULE,
    &load_time_command::RULE,
    &machine_path::RULE,
    &misplaced_front_matter::RULE,
    &missing_delegate_tool::RULE,
    &missing_field::RULE,
    &missing_fragment::RULE,
    &missing_include::RULE,
    &missing_trigger::RULE,
    &multiline_inline_include::RULE,
    &name_mismatch::RULE,
    &near_miss_field::RULE,
    &nested_fence::RULE,
    &no_usable_tools::RULE,
    &orphaned_lead_in::RULE,
    &output_template::RULE,
    &over_limit::RULE,
    &plain_heading::RULE,
    &removed_tool::RULE,
    &repeated_section::RULE,
    &scoped_tool::RULE,
    &sensitive_include::RULE,
    &tool_case::RULE,
    &truncated_file::RULE,
    &unavailable_tool::RULE,
    &unclosed_directive::RULE,
    &unclosed_fence::RULE,
    &undefined_variable::RULE,
    &unfilled_placeholder::RULE,
    &uninformative_description::RULE,
    &unknown_agent::RULE,
    &unknown_directive::RULE,
    &unknown_field::RULE,
    &unknown_model::RULE,
    &unknown_rule::RULE,
    &unknown_skill::RULE,
    &unknown_tool::RULE,
    &unlisted_tool::RULE,
    &unreadable_file::RULE,
    &unsafe_include_path::RULE,
    &unused_suppression::RULE,
    &unused_variable::RULE,
    &useless_glob::RULE,
    &wildcard_tools::RULE,
];

/// Every rule, in the order of the documentation. Without the feature `docs` their documentation is
/// empty: a program with a size budget can serve it separately.
pub static RULES: &[Rule] = &TABLE;

static TABLE: [Rule; LIST.len()] = {
    let mut rules = [Rule::NONE; LIST.len()];
    let mut at = 0;
    while at < LIST.len() {
        rules[at] = LIST[at].kept();
        at += 1;
    }
    rules
};

#[cfg(test)]
mod tests;
