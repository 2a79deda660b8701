"""As much of pyspark as deploy/spark/tenure_spark.py asks for: tasks run in threads of this process."""

import concurrent.futures
import os


class SparkFiles:
    files = {}

    @classmethod
    def get(cls, name):
        return cls.files[name]


class Context:
    def addFile(self, path):
        SparkFiles.files[os.path.basename(path)] = path

    def parallelize(self, items, _):
        self.items = items
        return self

    def map(self, function):
        self.function = function
        return self

    def collect(self):
        with concurrent.futures.ThreadPoolExecutor(2) as workers:
            results = list(workers.map(self.function, self.items))
        # A cluster that loses or repeats results, which Spark promises not to be.
        fault = os.environ.get("STAND_IN_FAULT")
        if fault == "twice":
            return results + results[:1]
        if fault == "lost":
            return results[1:]
        if fault == "damaged":
            return [(number, digest, body and body[:-1], reason) for number, digest, body, reason in results]
        return results
