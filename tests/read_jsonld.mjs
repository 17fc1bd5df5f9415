// Reads JSON-LD documents with jsonld.js, fetching nothing, and writes each as N-Quads beside it.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const jsonld = createRequire(process.argv[2])("jsonld");

const documentLoader = async (url) => {
  throw new Error(`fetched ${url}`);
};

for (const path of process.argv.slice(3)) {
  const document = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(`${path}.nq`, await jsonld.toRDF(document, { format: "application/n-quads", documentLoader }));
}
