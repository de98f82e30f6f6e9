// What `--help` shows.

import { EXIT } from "./exit.js";
import { version } from "../names.js";

const MAIN = `rolewright ${version}: checks, repairs and compiles role definitions of AI agents

  rolewright check [PATH…]            find what is wrong; the current folder by default
  rolewright compile FILE --to HOST   write the file that a host reads
  rolewright rules [NAME]             the rules, or one of them explained
  rolewright hosts [ID]               the hosts, or what is known of one
  rolewright init                     write a rolewright.json
  rolewright --version

\`rolewright COMMAND --help\` says more.
`;

const ABOUT = {
  check: `rolewright check [PATH…]

Files, folders and globs; "-" is standard input. Of a folder those files are checked that lie where
a host looks for roles or that \`include\` in rolewright.json names; what .gitignore names is left out.

  --host HOST             judge for this host instead of detecting it
  --format text|json|sarif|github
  --fix                   apply the safe fixes
  --fix-unsafe            apply all fixes
  --severity error|warning|info   fail from this severity on (error)
  --max-warnings N        fail when there are more warnings
  --profile core|recommended|style
  --rule NAME=off|error|warning|info
  --value NAME=TEXT       value of a template variable; --values FILE reads a JSON object
  --missing error|keep|empty      what an unset variable is (keep)
  --stdin-path PATH       where standard input would stand; with --fix its mended text is printed
  --only-roles            of the files named, only those that a run over their folder would check
  --config FILE           instead of the rolewright.json found upwards
  --quiet                 only what fails
  --color auto|always|never

Exit code: 0 nothing at or above the failing severity, 1 something, 2 wrong usage or an unreadable file.
`,
  compile: `rolewright compile FILE --to HOST

Prints the file that HOST reads; what HOST cannot express is told on standard error.

  --to HOST               by default the host the file is for
  --prompt                print the prompt alone, as the model sees it
  --out FILE              write there instead
  --map FILE              write the source map (version 3) there
  --check                 write nothing; exit with 1 when FILE of --out is not up to date
  --allow-widening        write the file even where the host then allows more
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

Writes a rolewright.json into the current folder. An existing one is left alone.
`,
};

/** Prints the help; without a command it is wrong usage. */
export function run({ about, asked }) {
  const text = about ? ABOUT[about] : MAIN;
  (asked ? process.stdout : process.stderr).write(text);
  return asked ? EXIT.fine : EXIT.broken;
}
