// How reports for programs name files, and what they escape.

import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { A, B, folder, role, run } from "./command.mjs";

test("annotations for GitHub are named from the checkout", () => {
  const root = folder({ ".git/HEAD": "", [`packages/p/${A}`]: role("a", "Read, bash"), "packages/p/rolewright.json": "{}" });
  const p = join(root, "packages/p");
  assert.match(run(p, ["check", "--format", "github"]).out, /^::warning file=packages\/p\/\.claude\/agents\/a\.md,/);
  assert.match(run(p, ["check", "--format", "github"], { env: { GITHUB_WORKSPACE: join(root, "packages") } }).out, /^::warning file=p\/\.claude/);
});

test("annotations for GitHub escape what would end them", () => {
  const { out } = run(folder({ [A]: role("a", "Read, bash") }), ["check", "--format", "github"]);
  assert.match(out, /^::warning file=\.claude\/agents\/a\.md,line=4,endLine=4,col=14,endColumn=18,title=tool-case::Tool `bash` is spelled `Bash` in Claude Code\.%0A/);
  assert.match(out, /\n1 file: 0 errors, 1 warning, 0 infos\n$/);
});

test("JSON names the files of another workspace from the root of the run's own", () => {
  const other = folder({ [A]: role("a"), [B]: role("a", "Read, bash"), "rolewright.json": "{}" });
  const root = folder({ [A]: role("a", "Read, bash"), "rolewright.json": "{}" });
  const { files } = JSON.parse(run(root, ["check", ".", other, "--format", "json"]).out);
  const away = `../${basename(other)}`;
  assert.deepEqual(files.map((file) => file.path), [A, `${away}/${A}`, `${away}/${B}`]);
  const [name, tools] = files[2].diagnostics;
  assert.deepEqual([name.rule, name.path, name.labels[0].path], ["duplicate-role-name", `${away}/${B}`, `${away}/${A}`]);
  assert.deepEqual([tools.rule, tools.path, tools.fix.edits[0].path], ["tool-case", `${away}/${B}`, `${away}/${B}`]);
  assert.equal(files[0].diagnostics[0].fix.edits[0].path, A);
});

test("SARIF gives each workspace a base of its own", () => {
  const other = folder({ [A]: role("a"), [B]: role("a", "Read, bash"), "rolewright.json": "{}" });
  const root = folder({ [A]: role("a", "Read, bash"), "rolewright.json": "{}" });
  const [{ results, originalUriBaseIds }] = JSON.parse(run(root, ["check", ".", other, "--format", "sarif"]).out).runs;
  const file = ({ uri, uriBaseId }) => fileURLToPath(new URL(uri, originalUriBaseIds[uriBaseId].uri));
  const place = ({ physicalLocation }) => file(physicalLocation.artifactLocation);
  assert.deepEqual(results.map(({ ruleId, locations }) => [ruleId, place(locations[0])]), [
    ["tool-case", join(root, A)],
    ["duplicate-role-name", join(other, B)],
    ["tool-case", join(other, B)],
  ]);
  assert.equal(place(results[1].relatedLocations[0]), join(other, A));
  assert.equal(file(results[2].fixes[0].artifactChanges[0].artifactLocation), join(other, B));
});
