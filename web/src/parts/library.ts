// The library as a member reads it.
export { default as Library } from "../features/library/Library.tsx";
export { default as ResourcePage } from "../features/library/ResourcePage.tsx";
