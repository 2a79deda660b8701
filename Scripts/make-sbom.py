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

# By the name of the package, as SPDX writes licences. A name that is not here gets none, and a test says so.
LICENCES = [
    (r"swift-.*", "Apache-2.0 WITH Swift-exception"), (r"swift-(argument-parser|asn1|crypto|subprocess|system)", "Apache-2.0"),
    (r"grdb\.swift|yams|libyaml|libxml2|libxslt1\.1", "MIT"), (r"boringssl", "Apache-2.0 AND MIT"), (r"xkcp", "CC0-1.0 AND Brian-Gladman-3-Clause"),
    (r"libc6|libgcrypt20|libgpg-error0", "LGPL-2.1-or-later"), (r"libgcc-s1|libstdc\+\+6", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    (r"libicu\d+", "ICU"), (r"liblzma5", "LicenseRef-public-domain"), (r"libsimdjson\d+", "Apache-2.0"),
    (r"libsqlite3-0", "blessing"), (r"libzstd1", "BSD-3-Clause"), (r"zlib1g", "Zlib"),
]
# Sources in C that packages carry with them; no version of their own can be told from outside.
CARRIED = {"swift-crypto": ["boringssl", "xkcp"], "yams": ["libyaml"]}


def licensed(component):
    found = [licence for pattern, licence in LICENCES if re.fullmatch(pattern, component["name"])]
    return {**component, "licenses": [{"expression": found[-1]}]} if found else component


def swift_packages():
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    for pin in sorted(pins, key=lambda pin: pin["identity"]):
        address = re.sub(r"\.git$", "", pin["location"])
        version = pin["state"].get("version", pin["state"]["revision"])
        purl = f"pkg:swift/{re.sub(r'^https?://', '', address)}@{version}"
        carried = [licensed({"type": "library", "bom-ref": f"{purl}#{name}", "name": name}) for name in CARRIED.get(pin["identity"], [])]
        yield licensed({"type": "library", "bom-ref": purl, "name": pin["identity"], "version": version, "purl": purl,
                        "externalReferences": [{"type": "vcs", "url": address}],
                        "properties": [{"name": "tenure:revision", "value": pin["state"]["revision"]}],
                        **({"components": carried} if carried else {})})


def libraries(program):
    """Each shared library with the Debian package that owns it; those that no package owns come with the toolchain, which is named
    also where its runtime is linked into the program."""
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
        yield licensed({"type": "library", "bom-ref": purl, "name": package, "version": version, "purl": purl,
                        "components": [library(file) for file in files]})
    said = subprocess.run(["swift", "--version"], check=True, capture_output=True, text=True).stdout
    version = re.search(r"Swift version (\S+)", said).group(1)
    purl = f"pkg:github/swiftlang/swift@swift-{version}-RELEASE"
    yield licensed({"type": "framework", "bom-ref": purl, "name": "swift-runtime", "version": version, "purl": purl,
                    **({"components": [library(file) for file in toolchain]} if toolchain else {})})


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
