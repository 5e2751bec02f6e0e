// Files dragged onto a pane. Anywhere else they are let fall without leaving the page for them.

import { useEffect, useState } from "preact/hooks";
import { nameOfPasted } from "../../core/filing.ts";

export interface Drop {
  over: boolean; // files are being held above it
  handlers: {
    onDragEnter: (event: DragEvent) => void;
    onDragOver: (event: DragEvent) => void;
    onDragLeave: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
  };
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** `take` undefined: nothing can be dropped there. */
export function useDrop(take: ((files: File[]) => void) | undefined): Drop {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const guard = (event: DragEvent) => {
      if (hasFiles(event) && !event.defaultPrevented) {
        event.preventDefault();
        if (event.dataTransfer) {
          event.dataTransfer.dropEffect = "none";
        }
      }
    };
    window.addEventListener("dragover", guard);
    window.addEventListener("drop", guard);
    return () => {
      window.removeEventListener("dragover", guard);
      window.removeEventListener("drop", guard);
    };
  }, []);
  const hold = (event: DragEvent) => {
    if (take && hasFiles(event)) {
      event.preventDefault();
      if (event.dataTransfer) {
        event.dataTransfer.dropEffect = "copy";
      }
      setOver(true);
    }
  };
  return {
    over,
    handlers: {
      onDragEnter: hold,
      onDragOver: hold,
      onDragLeave: (event) => {
        const pane = event.currentTarget as Node;
        if (!(event.relatedTarget instanceof Node && pane.contains(event.relatedTarget))) {
          setOver(false);
        }
      },
      onDrop: (event) => {
        setOver(false);
        if (take && hasFiles(event)) {
          event.preventDefault();
          take(filesIn(event.dataTransfer));
        }
      },
    },
  };
}

/** A folder comes as an empty file of its name: it is refused as one, with a word about folders. */
function filesIn(data: DataTransfer | null): File[] {
  const items = [...(data?.items ?? [])].filter((item) => item.kind === "file");
  return items.flatMap((item) => {
    const file = item.getAsFile();
    return file && item.webkitGetAsEntry()?.isDirectory ? new File([], file.name) : (file ?? []);
  });
}

/** Files on the clipboard, unless what was copied is a text that brings its picture along. */
export function filesPasted(event: ClipboardEvent): File[] {
  const data = event.clipboardData;
  const rich = data?.types.includes("text/plain") && data.types.includes("text/html");
  const files = rich ? [] : [...(data?.files ?? [])];
  return files.map((file) =>
    /^image\.\w+$/.test(file.name)
      ? new File([file], nameOfPasted(file.type), {
          type: file.type,
          lastModified: file.lastModified,
        })
      : file,
  );
}
