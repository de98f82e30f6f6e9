//! Contains the rules, one file each. A rule reads the lists collected by the parser and asks the
//! host for facts; it names no host.

use crate::diagnostic::Severity;
use crate::options::{Options, Profile};
use alloc::vec::Vec;

mod absence;
mod context;
mod finding;
mod rule;
mod tool_limits;
mod wording;

mod ambiguous_include;
mod ambiguous_routing;
mod backslash_path;
mod bidi_control;
mod bold_heading;
mod broken_code_example;
mod broken_command;
mod broken_numbering;
mod broken_reference;
mod broken_table;
mod clamped_heading;
mod code_wrapper;
mod comment_only_script;
mod concealment;
mod conflicting_tool;
mod contradiction;
mod copied_role;
mod credential;
mod cut_value;
mod damaged_character;
mod damaged_list;
mod dangerous_permission_mode;
mod dated_quality;
mod deep_reference;
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
mod emphasis_inflation;
mod empty_body;
mod empty_section;
mod empty_tools;
mod encoded_payload;
mod escaped_fence;
mod exfiltration_link;
mod expansion_limit;
mod first_person;
mod foreign_tool;
mod generic_identity;
mod glued_delimiter;
mod glued_fence;
mod glued_heading;
mod hidden_instruction;
mod hidden_tag_characters;
mod host_placeholder;
mod ignored_field;
mod implicit_all_tools;
mod include_bloat;
mod include_case_mismatch;
mod include_cycle;
mod indented_prose;
mod ineffective_field;
mod invalid_color;
mod invalid_data_example;
mod invalid_declaration;
mod invalid_field_type;
mod invalid_field_value;
mod invalid_group;
mod invalid_hook;
mod invalid_name;
mod invalid_server;
mod invalid_syntax;
mod invalid_yaml;
mod invisible_character;
mod leftover_text;
mod list_mismatch;
mod literal_escape;
mod literal_server_secret;
mod load_time_command;
mod long_prompt;
mod machine_path;
mod markup_in_field;
mod mislabeled_code;
mod mismatched_example_agent;
mod mismatched_model;
mod misplaced_front_matter;
mod missing_argument_hint;
mod missing_boundaries;
mod missing_companion_field;
mod missing_delegate_tool;
mod missing_field;
mod missing_fragment;
mod missing_identity;
mod missing_include;
mod missing_output;
mod missing_responsibilities;
mod missing_trigger;
mod mixed_script;
mod multiline_inline_include;
mod multiple_titles;
mod name_mismatch;
mod near_miss_field;
mod nested_fence;
mod no_usable_tools;
mod noun_catalog;
mod orphaned_lead_in;
mod output_template;
mod over_limit;
mod override_text;
mod pasted_front_matter;
mod plain_heading;
mod read_only_with_edit_tools;
mod removed_tool;
mod renamed_tool;
mod repeated_section;
mod repeated_sentence;
mod scoped_tool;
mod sensitive_include;
mod shadowed_permission;
mod shadowed_role;
mod skipped_heading_level;
mod threat;
mod too_many_instructions;
mod tool_case;
mod tool_order;
mod truncated_file;
mod unapplied_rule;
mod unavailable_tool;
mod unbalanced_tag;
mod unclosed_directive;
mod unclosed_fence;
mod undefined_variable;
mod undelimited_data;
mod unexecuted_command;
mod unfilled_placeholder;
mod unguarded_destructive_action;
mod uninformative_description;
mod unknown_agent;
mod unknown_directive;
mod unknown_field;
mod unknown_model;
mod unknown_rule;
mod unknown_skill;
mod unknown_tool;
mod unlisted_approval;
mod unlisted_tool;
mod unloaded_file;
pub(crate) mod unreadable_file;
mod unrestricted_shell;
mod unsafe_include_path;
mod unsupported_field;
mod unused_suppression;
mod unused_variable;
mod useless_glob;
mod version_mismatch;
mod wall_of_text;
mod wildcard_tools;
mod wrong_count;

pub(crate) use context::Context;
pub(crate) use finding::Finding;
pub(crate) use rule::Check;
pub use rule::{Example, Rule};

/// Every rule, in the order of the names.
const LIST: &[&Rule] = &[
    &ambiguous_include::RULE,
    &ambiguous_routing::RULE,
    &backslash_path::RULE,
    &bidi_control::RULE,
    &bold_heading::RULE,
    &broken_code_example::RULE,
    &broken_command::RULE,
    &broken_numbering::RULE,
    &broken_reference::RULE,
    &broken_table::RULE,
    &clamped_heading::RULE,
    &code_wrapper::RULE,
    &comment_only_script::RULE,
    &concealment::RULE,
    &conflicting_tool::RULE,
    &contradiction::RULE,
    &copied_role::RULE,
    &credential::RULE,
    &cut_value::RULE,
    &damaged_character::RULE,
    &damaged_list::RULE,
    &dangerous_permission_mode::RULE,
    &dated_quality::RULE,
    &deep_reference::RULE,
    &deprecated_field::RULE,
    &deprecated_location::RULE,
    &description_length::RULE,
    &directive_in_code::RULE,
    &directive_in_front_matter::RULE,
    &doubled_quote::RULE,
    &duplicate_field::RULE,
    &duplicate_role_name::RULE,
    &duplicate_title::RULE,
    &duplicate_tool::RULE,
    &emphasis_inflation::RULE,
    &empty_body::RULE,
    &empty_section::RULE,
    &empty_tools::RULE,
    &encoded_payload::RULE,
    &escaped_fence::RULE,
    &exfiltration_link::RULE,
    &expansion_limit::RULE,
    &first_person::RULE,
    &foreign_tool::RULE,
    &generic_identity::RULE,
    &glued_delimiter::RULE,
    &glued_fence::RULE,
    &glued_heading::RULE,
    &hidden_instruction::RULE,
    &hidden_tag_characters::RULE,
    &host_placeholder::RULE,
    &ignored_field::RULE,
    &implicit_all_tools::RULE,
    &include_bloat::RULE,
    &include_case_mismatch::RULE,
    &include_cycle::RULE,
    &indented_prose::RULE,
    &ineffective_field::RULE,
    &invalid_color::RULE,
    &invalid_data_example::RULE,
    &invalid_declaration::RULE,
    &invalid_field_type::RULE,
    &invalid_field_value::RULE,
    &invalid_group::RULE,
    &invalid_hook::RULE,
    &invalid_name::RULE,
    &invalid_server::RULE,
    &invalid_syntax::RULE,
    &invalid_yaml::RULE,
    &invisible_character::RULE,
    &leftover_text::RULE,
    &list_mismatch::RULE,
    &literal_escape::RULE,
    &literal_server_secret::RULE,
    &load_time_command::RULE,
    &long_prompt::RULE,
    &machine_path::RULE,
    &markup_in_field::RULE,
    &mislabeled_code::RULE,
    &mismatched_example_agent::RULE,
    &mismatched_model::RULE,
    &misplaced_front_matter::RULE,
    &missing_argument_hint::RULE,
    &missing_boundaries::RULE,
    &missing_companion_field::RULE,
    &missing_delegate_tool::RULE,
    &missing_field::RULE,
    &missing_fragment::RULE,
    &missing_identity::RULE,
    &missing_include::RULE,
    &missing_output::RULE,
    &missing_responsibilities::RULE,
    &missing_trigger::RULE,
    &mixed_script::RULE,
    &multiline_inline_include::RULE,
    &multiple_titles::RULE,
    &name_mismatch::RULE,
    &near_miss_field::RULE,
    &nested_fence::RULE,
    &no_usable_tools::RULE,
    &noun_catalog::RULE,
    &orphaned_lead_in::RULE,
    &output_template::RULE,
    &over_limit::RULE,
    &override_text::RULE,
    &pasted_front_matter::RULE,
    &plain_heading::RULE,
    &read_only_with_edit_tools::RULE,
    &removed_tool::RULE,
    &renamed_tool::RULE,
    &repeated_section::RULE,
    &repeated_sentence::RULE,
    &scoped_tool::RULE,
    &sensitive_include::RULE,
    &shadowed_permission::RULE,
    &shadowed_role::RULE,
    &skipped_heading_level::RULE,
    &threat::RULE,
    &too_many_instructions::RULE,
    &tool_case::RULE,
    &truncated_file::RULE,
    &unapplied_rule::RULE,
    &unavailable_tool::RULE,
    &unbalanced_tag::RULE,
    &unclosed_directive::RULE,
    &unclosed_fence::RULE,
    &undefined_variable::RULE,
    &undelimited_data::RULE,
    &unexecuted_command::RULE,
    &unfilled_placeholder::RULE,
    &unguarded_destructive_action::RULE,
    &uninformative_description::RULE,
    &unknown_agent::RULE,
    &unknown_directive::RULE,
    &unknown_field::RULE,
    &unknown_model::RULE,
    &unknown_rule::RULE,
    &unknown_skill::RULE,
    &unknown_tool::RULE,
    &unlisted_approval::RULE,
    &unlisted_tool::RULE,
    &unloaded_file::RULE,
    &unreadable_file::RULE,
    &unrestricted_shell::RULE,
    &unsafe_include_path::RULE,
    &unsupported_field::RULE,
    &unused_suppression::RULE,
    &unused_variable::RULE,
    &useless_glob::RULE,
    &version_mismatch::RULE,
    &wall_of_text::RULE,
    &wildcard_tools::RULE,
    &wrong_count::RULE,
];

/// Every rule, in the order of the names. Without the feature `docs`, the documentation is
/// empty, so that a program with a size budget can serve it separately.
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

/// A rule that runs.
#[derive(Clone, Copy)]
pub(crate) struct Enabled {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity in the settings.
    pub chosen: Option<Severity>,
}

/// The rules that run under given settings.
pub(crate) struct Selection<'o> {
    /// These rules, in the order of the names.
    pub enabled: Vec<Enabled>,
    /// The names in the settings that no rule has.
    pub unknown: Vec<&'o str>,
}

impl<'o> Selection<'o> {
    /// Selects the rules. Rules and settings are in the order of the names, so one walk over both
    /// replaces a search for each rule.
    pub(crate) fn of(options: &'o Options) -> Self {
        let mut unknown = Vec::new();
        let mut settings = options.rules.iter().peekable();
        let mut setting_of = |rule: &Rule| loop {
            let (name, _) = settings.peek()?;
            if *name == rule.name {
                return settings.next().map(|(_, severity)| *severity);
            }
            // Their first letters tell most names apart.
            if name.as_bytes().first() > rule.name.as_bytes().first() || name.as_str() > rule.name {
                return None;
            }
            unknown.extend(settings.next().map(|(name, _)| name.as_str()));
        };
        let mut enabled = Vec::with_capacity(RULES.len());
        enabled.extend(RULES.iter().filter_map(|rule| {
            let setting = setting_of(rule);
            let runs = rule.runs_under(setting, options.profile);
            runs.then_some(Enabled { rule, chosen: setting.flatten() })
        }));
        unknown.extend(settings.map(|(name, _)| name.as_str()));
        Self { enabled, unknown }
    }
}

#[cfg(test)]
mod tests;
