<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The frameworks and how far each has evidence: the doors to controls and coverage matrices.
  INPUT       <frameworks-list>
  OUTPUT      c/index.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>

  <xsl:variable name="entry" select="'frameworks'"/>

  <xsl:template match="/e:frameworks-list"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:frameworks-list" mode="body">
    <xsl:apply-templates select="$context" mode="mapping"/>
    <xsl:choose>
      <xsl:when test="e:framework">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'frameworks'"/>
          <xsl:with-param name="rows" select="e:framework"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'frameworks'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
