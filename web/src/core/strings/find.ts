// The one search box and the words it takes as the same. Fetched with those pages, not before.

import type { HitKind } from "../types.ts";
import { typesetAll } from "../typeset.ts";
import { plural, text } from "./words.ts";

const kinds: Record<HitKind, string> = {
  message: "Messages",
  event: "Événements",
  resource: "Ressources",
  person: "Personnes",
  town: "Villes",
};
const kindOf: Record<HitKind, string> = {
  message: "Message",
  event: "Événement",
  resource: "Ressource",
  person: "Personne",
  town: "Petite ville de demain",
};

export const find = typesetAll({
  title: "Rechercher",
  label:
    "Rechercher dans les messages, les événements, les ressources, les personnes et les villes",
  placeholder: "Un mot, un sujet, un nom, un lieu",
  inChannel: (name: string) => `Rechercher dans ${name}`,
  submit: "Rechercher",
  keys: "Flèches pour parcourir les résultats, Entrée pour ouvrir, / pour revenir ici",
  introTitle: "Que cherchez-vous ?",
  intro: text(
    "Messages, événements, ressources et le texte de leurs documents, personnes, villes :",
    "tout ce que vous pouvez lire est parcouru. Le début d'un mot suffit ;",
    "accents, pluriels et sigles connus (OPAH, ORT…) ne comptent pas.",
  ),
  found: (n: number) => plural(n, "résultat", "résultats"),
  foundMore: (n: number) => `Les ${n} premiers résultats`,
  foundAtLeast: (n: number) => `Au moins ${plural(n, "résultat", "résultats")}`,
  cut: text(
    "Recherche très large : tout n'a pas été comparé, et les nombres sont des minimums.",
    "Précisez-la pour aller plus loin.",
  ),
  none: (query: string) => `Rien ne correspond à « ${query} ».`,
  noneHint: "Essayez un mot de moins, ou le début d'un mot.",
  noneFiltered: "Un filtre cache peut-être ce que vous cherchez.",
  results: "Résultats",
  kindsLabel: "Que chercher",
  all: "Tout",
  kinds,
  kindOf,
  count: (name: string, n: number, atLeast: boolean) => `${name} (${n}${atLeast ? "+" : ""})`,
  atLeastBefore: "au moins",
  filters: "Filtres",
  filtersOn: (n: number) => `Filtres (${n})`,
  showResults: "Voir les résultats",
  clear: "Retirer les filtres",
  type: "Type",
  theme: "Thème",
  territory: "Territoire",
  club: "Club",
  year: "Date",
  anyType: "Tous",
  anyTheme: "Tous",
  anyTerritory: "Partout",
  anyClub: "Tous",
  anyYear: "Toutes",
  order: "Ordre",
  relevant: "Les plus proches d'abord",
  recent: "Les plus récents d'abord",
  channel: "Canal",
  anyChannel: "Tous les canaux",
  author: "Auteur",
  anyAuthor: "Tout le monde",
  after: "Depuis le",
  before: "Jusqu'au",
  page: (n: number) => `page ${n}`,
  slide: (n: number) => `diapositive ${n}`,
  sheet: (name: string, n: number) => (name ? `feuille « ${name} »` : `feuille ${n}`),
  openFile: (name: string, where: string) =>
    `Ouvrir ${name}${where ? `, ${where}` : ""} (nouvel onglet)`,
  whoWorks: "Voir qui y travaille",
});

export const synonyms = typesetAll({
  title: "Synonymes",
  intro: text(
    "Ce que la recherche tient pour le même mot : un sigle et ce qu'il veut dire, deux noms d'une même chose.",
    "Tout changement vaut aussitôt, pour tous.",
  ),
  filter: "Chercher dans la liste",
  add: "Ajouter un groupe",
  addTitle: "Nouveau groupe de synonymes",
  editTitle: "Modifier le groupe",
  terms: "Mots et expressions, un par ligne",
  termsHint: "Au moins deux. Majuscules et accents ne comptent pas.",
  save: "Enregistrer le groupe",
  edit: (terms: string) => `Modifier : ${terms}`,
  remove: (terms: string) => `Supprimer : ${terms}`,
  removeTitle: "Supprimer ce groupe ?",
  removeText: (terms: string) => `« ${terms} » ne seront plus cherchés l'un pour l'autre.`,
  removeYes: "Supprimer le groupe",
  saved: "Le groupe est enregistré.",
  removed: "Le groupe est supprimé.",
  few: "Donnez au moins deux mots ou expressions, un par ligne.",
  groups: (n: number) => plural(n, "groupe", "groupes"),
  none: "Aucun groupe de ce nom.",
  empty: "Aucun synonyme pour l'instant.",
  onlyAdministrators: "Seuls les administrateurs modifient cette liste.",
});
