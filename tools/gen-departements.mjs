// Prints the départements as rows of a C array, from @etalab/decoupage-administratif (INSEE's list):
// {code, name, name with its preposition, region}. Départements are those of zones metro and drom.
import { readFileSync } from "node:fs";

const read = (name) =>
  JSON.parse(
    readFileSync(
      new URL(`../node_modules/@etalab/decoupage-administratif/data/${name}.json`, import.meta.url),
    ),
  );

// INSEE's "type de nom en clair" (TNCC) tells the article.
const prepositions = { 0: "de ", 1: "d'", 2: "du ", 3: "de la ", 4: "des ", 5: "de l'" };

// "La Réunion" holds its article and has type 0: "de La Réunion".
function ofName({ code, nom, typeLiaison }) {
  const preposition = prepositions[typeLiaison];
  if (preposition === undefined) {
    throw new Error(`département ${code}: typeLiaison ${typeLiaison} is not known here`);
  }
  return preposition + nom;
}

const regions = new Map(read("regions").map(({ code, nom }) => [code, nom]));
const departements = read("departements").filter(({ zone }) => zone === "metro" || zone === "drom");
if (departements.length !== 101) {
  throw new Error(`101 départements expected, found ${departements.length}`);
}

for (const one of departements) {
  const row = [one.code, one.nom, ofName(one), regions.get(one.region)];
  console.log(`{${row.map((text) => JSON.stringify(text)).join(", ")}},`);
}
