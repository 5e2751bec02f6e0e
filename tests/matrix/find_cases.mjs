// What is tried of search.find, of synonyms, and of the reading of contents. What is found is filtered, not
// refused: find.test.mjs says who finds what.

const made = async (w) => (await w.server.admin("synonym.set", { terms: [word(), word()] })).id;
let count = 0;
const word = () => `terme${++count}`;

export const findCases = {
  "blob.read": {
    any: () => ({ blob: 1, unit: "page", pages: [], first: true, last: true }),
  },
  "search.find": {
    any: () => ({ query: "bonjour" }),
    own: (w) => ({ query: "bonjour", club: w.club }),
    elsewhere: (w) => ({ query: "bonjour", club: w.clubElsewhere }),
  },
  "synonym.delete": { any: async (w) => ({ synonym: await made(w) }) },
  "synonym.list": { any: () => ({}) },
  "synonym.set": {
    new: () => ({ terms: [word(), word()] }),
    other: async (w) => ({ synonym: await made(w), terms: [word(), word()] }),
  },
};
