// Pages that look things up.
export { default as Club } from "../features/club/Club.tsx";
export { default as Directs } from "../features/directs/Directs.tsx";
export { default as Saved } from "../features/saved/Saved.tsx";
export { default as Threads } from "../features/saved/Threads.tsx";
export { default as Search } from "../features/search/Search.tsx";
