// The help texts of the command line.

import { EXIT } from "./exit.js";
import { version } from "../names.js";

const MAIN = `rolewright ${version}: check, fix and compile role definitions for AI agents

  rolewright check [PATH…]            report problems; checks the current folder by default
  rolewright compile FILE --to HOST   print or write the file that a host reads
  rolewright rules [NAME]             list the rules, or explain one
  rolewright hosts [ID]               list the hosts, or describe one
  rolewright init                     create a rolewright.json
  rolewright --version                print the version

Run \`rolewright COMMAND --help\` for details.
`;

const ABOUT = {
  check: `rolewright check [PATH…]

Checks files, folders and globs; "-" reads standard input. In a folder, checks the files that are
roles by where they are or by what they say, and those that match \`include\` in rolewright.json. Skips
files that .gitignore excludes.

  --host HOST             check for this host instead of detecting it
  --format text|json|sarif|github
  --fix                   apply all safe fixes
  --fix-unsafe            apply all fixes
  --severity error|warning|info   lowest severity that makes the command fail (default: error)
  --max-warnings N        fail if there are more than N warnings
  --profile core|recommended|style
  --rule NAME=off|error|warning|info
  --value NAME=TEXT       set a template variable; --values FILE reads a JSON object
  --missing error|keep|empty      how to treat an unset variable (default: keep)
  --stdin-path PATH       path to assume for standard input; with --fix, prints the fixed text
  --list                  print which files would be checked, for which host and why
  --only-roles            skip named files that a run on their folder would not check
  --config FILE           use this file instead of the nearest rolewright.json
  --quiet                 show only diagnostics that make the command fail
  --color auto|always|never

Exit codes: 0 if nothing reaches the failing severity, 1 if something does, 2 for invalid usage, an
unreadable file or a search that finds no role.
`,
  compile: `rolewright compile FILE --to HOST

Prints the file that HOST reads, and reports what HOST cannot express on standard error.

  --to HOST               the host to compile for (default: the host of FILE)
  --prompt                print only the prompt, as the model sees it
  --out FILE              write to FILE instead of standard output
  --map FILE              write a source map (version 3) to FILE
  --check                 write nothing; exit with 1 if the --out file is out of date
  --allow-widening        write the file even if it grants more permissions
  --value NAME=TEXT  --values FILE  --missing error|keep|empty
  --host HOST  --stdin-path PATH  --config FILE  --color auto|always|never
`,
  rules: `rolewright rules [NAME]

  --format text|json
  --color auto|always|never
`,
  hosts: `rolewright hosts [ID]

  --format text|json
  --color auto|always|never
`,
  init: `rolewright init

Creates a rolewright.json in the current folder. Does not overwrite an existing file.
`,
};

/** Prints the help text; a missing command is a usage error. */
export function run({ about, asked }) {
  const text = about ? ABOUT[about] : MAIN;
  (asked ? process.stdout : process.stderr).write(text);
  return asked ? EXIT.fine : EXIT.broken;
}
