// Which Clubs are folded in the left column; this browser remembers.

const KEY = "beffroi.folded";

function read(): number[] {
  const text = localStorage.getItem(KEY) ?? "";
  return text.split(",").map(Number).filter(Boolean);
}
export function isFolded(club: number): boolean {
  return read().includes(club);
}
export function setFolded(club: number, folded: boolean): void {
  const others = read().filter((id) => id !== club);
  localStorage.setItem(KEY, (folded ? [...others, club] : others).join(","));
}
