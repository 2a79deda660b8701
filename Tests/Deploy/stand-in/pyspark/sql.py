from pyspark import Context


class SparkSession:
    sparkContext = Context()

    class builder:
        @staticmethod
        def appName(_):
            return SparkSession.builder

        @staticmethod
        def master(_):
            return SparkSession.builder

        @staticmethod
        def getOrCreate():
            return SparkSession()

    def stop(self):
        pass
