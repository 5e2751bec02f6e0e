// A few signs that people at work use, with their names for screen readers.

export const emoji: readonly [string, string][] = [
  ["👍", "D’accord"],
  ["❤️", "Cœur"],
  ["👏", "Bravo"],
  ["🙏", "Merci"],
  ["🎉", "Fête"],
  ["😄", "Sourire"],
  ["👀", "Je regarde"],
  ["✅", "C’est fait"],
  ["❓", "Question"],
  ["💡", "Idée"],
  ["📌", "À retenir"],
  ["🤝", "Entraide"],
];
