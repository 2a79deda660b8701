<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     All findings, a line each.
  INPUT       <findings-list>
  OUTPUT      f/index.html …
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>

  <xsl:variable name="entry" select="'findings'"/>

  <xsl:template match="/e:findings-list"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:findings-list" mode="body">
    <xsl:apply-templates select="e:orders" mode="body"/>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:finding-ref">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'findings'"/>
          <xsl:with-param name="rows" select="e:finding-ref"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'findings'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
