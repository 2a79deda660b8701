<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     How to read the pack: the chain of questions, the signs, what is evidence and what is not.
  INPUT       <pack>: evidence/pack.xml
  OUTPUT      read-me-first.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>

  <xsl:variable name="entry" select="'read-me-first'"/>
  <xsl:variable name="here" select="'read-me-first.html'"/>

  <xsl:template match="/e:pack"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:pack" mode="body">
    <xsl:call-template name="prose"><xsl:with-param name="id" select="'read-me-first'"/></xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
