// Filling a shelf: the form of a resource, the review of what is proposed.
export { EditResource, NewResource } from "../features/library/ResourceFormPage.tsx";
export { default as Review } from "../features/library/Review.tsx";
