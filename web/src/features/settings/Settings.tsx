export default function Soon(_: { club?: number }) { return null; }
