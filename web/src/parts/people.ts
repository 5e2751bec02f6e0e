// Finding people of one's Clubs.
export { default as Directory } from "../features/people/Directory.tsx";
export { default as PersonPage } from "../features/people/PersonPage.tsx";
