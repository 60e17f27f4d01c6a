// Asks Comunica about one RDF file: node comunica.mjs FOLDER FILE SECONDS, queries as a JSON array on standard input; prints
// a JSON array with the variables and rows of each, or what went wrong.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const [folder, file, seconds] = process.argv.slice(2);
const { QueryEngine } = createRequire(resolve(folder, "package.json"))("@comunica/query-sparql-file");
const engine = new QueryEngine();
const sources = [{ type: "file", value: resolve(file) }];
const shown = (term) => term && [term.termType, term.value, term.datatype?.value ?? ""];
const answers = [];
// Some plans wait for themselves; without a timer node would then end without a word.
const late = (seconds) => {
  let timer;
  const promise = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${seconds} s`)), 1000 * seconds);
  });
  return { promise, stop: () => clearTimeout(timer) };
};
async function ask(query) {
  const result = await engine.query(query, { sources });
  const names = (await result.metadata()).variables.map((each) => (each.variable ?? each).value);
  const bindings = await (await result.execute()).toArray();
  return { names, rows: bindings.map((row) => names.map((name) => shown(row.get(name)) ?? null)) };
}
for (const query of JSON.parse(readFileSync(0, "utf-8"))) {
  const limit = late(Number(seconds));
  try {
    answers.push(await Promise.race([ask(query), limit.promise]));
  } catch (error) {
    answers.push({ error: String(error.message ?? error) });
  } finally {
    limit.stop();
  }
}
process.stdout.write(JSON.stringify(answers) + "\n");
