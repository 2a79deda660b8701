#!/usr/bin/env python3
"""Writes what a built program consists of, as CycloneDX 1.6: Swift packages at their resolved versions, and the shared libraries that it
loads with the Debian packages that they come from. The same build gives the same bytes.

    Scripts/make-sbom.py .build-release/release/tenure > tenure.cdx.json
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent


def swift_packages():
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    for pin in sorted(pins, key=lambda pin: pin["identity"]):
        address = re.sub(r"\.git$", "", pin["location"])
        version = pin["state"].get("version", pin["state"]["revision"])
        purl = f"pkg:swift/{re.sub(r'^https?://', '', address)}@{version}"
        yield {"type": "library", "bom-ref": purl, "name": pin["identity"], "version": version, "purl": purl,
               "externalReferences": [{"type": "vcs", "url": address}],
               "properties": [{"name": "tenure:revision", "value": pin["state"]["revision"]}]}


def libraries(program):
    """Each shared library with the Debian package that owns it; those that no package owns come with the toolchain."""
    listed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    owned, toolchain = {}, []
    for path in sorted(set(re.findall(r"=> (/\S+)", listed)) | set(re.findall(r"^\s+(/\S+)", listed, re.M))):
        real = pathlib.Path(path).resolve()
        owner = None
        for candidate in (str(real), re.sub(r"^/usr", "", str(real)), path):
            found = subprocess.run(["dpkg-query", "-S", candidate], capture_output=True, text=True)
            if found.returncode == 0:
                owner = found.stdout.split(": ")[0].split(",")[0].split(":")[0]
                break
        if owner:
            owned.setdefault(owner, []).append(real)
        else:
            toolchain.append(real)
    for package, files in sorted(owned.items()):
        shown = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True, text=True)
        version = shown.stdout
        purl = f"pkg:deb/debian/{package}@{version.replace(':', '%3A').replace('+', '%2B')}"
        yield {"type": "library", "bom-ref": purl, "name": package, "version": version, "purl": purl,
               "components": [library(file) for file in files]}
    for file in toolchain:
        yield library(file)


def library(file):
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {"type": "file", "bom-ref": f"file:{file.name}:{digest[:12]}", "name": file.name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def main(program):
    digest = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    components = [*swift_packages(), *libraries(program)]
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:tenure:sbom:" + digest)),
        "metadata": {"component": {"type": "application", "bom-ref": "tenure", "name": "tenure", "version": version,
                                   "hashes": [{"alg": "SHA-256", "content": digest}]}},
        "components": components,
        "dependencies": [{"ref": "tenure", "dependsOn": sorted(part["bom-ref"] for part in components)}],
    }
    print(json.dumps(document, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
