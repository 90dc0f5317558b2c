// Getting verified octets onto the disk: a Blob behind <a download>, or a file that the person picked.

type Picker = (name: string) => Promise<FileSystemFileHandle>;

interface PickerWindow {
    showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

const kRevokeMilliseconds = 60_000;

// Letters that a file system or a reader's eye could take for something else.
export function safe_name(name: string): string {
    const safe = name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]/g, "_");
    return safe.replace(/^\.+/, "_").slice(0, 120) || "_";
}

export function save_blob(content: Blob, name: string): void {
    const url = URL.createObjectURL(content);
    const link = document.createElement("a");
    link.href = url;
    link.download = safe_name(name);
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), kRevokeMilliseconds);
}

export function find_picker(): Picker | undefined {
    const picker = window as unknown as PickerWindow;
    return picker.showSaveFilePicker
        ? (name) => (picker.showSaveFilePicker as NonNullable<typeof picker.showSaveFilePicker>)({ suggestedName: safe_name(name) })
        : undefined;
}
