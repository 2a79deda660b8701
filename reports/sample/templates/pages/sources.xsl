<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     All routing logs, and what became of their lines.
  INPUT       <sources-list>
  OUTPUT      s/index.html …
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/sources.xsl"/>

  <xsl:variable name="entry" select="'sources'"/>

  <xsl:template match="/e:sources-list"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:sources-list" mode="body">
    <xsl:apply-templates select="e:orders" mode="body"/>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:source-facts">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'sources'"/>
          <xsl:with-param name="rows" select="e:source-facts"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'sources'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
