<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The checks as an OSCAL catalog, so that mappings and findings can name them.
  INPUT       evidence/exchange.xml
  OUTPUT      exchange/oscal/catalog-checks.xml
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="oscal.xsl"/>

  <xsl:template match="/e:exchange">
    <catalog uuid="{key('identifier', 'catalog-checks')/@uuid}">
      <xsl:call-template name="metadata">
        <xsl:with-param name="title" select="'oscal.checks.title'"/>
        <xsl:with-param name="version" select="e:context/@tool-version"/>
      </xsl:call-template>
      <xsl:apply-templates select="e:exchange-check" mode="control"/>
    </catalog>
  </xsl:template>

  <xsl:template match="e:exchange-check" mode="control">
    <control id="{@id}" class="check">
      <title><xsl:apply-templates select="@title" mode="text"/></title>
      <part id="{@id}_smt" name="statement"><p><xsl:apply-templates select="@question" mode="text"/></p></part>
      <part id="{@id}_obj" name="assessment-objective"><p><xsl:apply-templates select="@method" mode="text"/></p></part>
      <part id="{@id}_gdn" name="guidance"><p><xsl:apply-templates select="@cannot-show" mode="text"/></p></part>
    </control>
  </xsl:template>

</xsl:stylesheet>
