<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     All policy versions, drawn and listed.
  INPUT       <versions>
  OUTPUT      v/index.html …
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/version-timeline.xsl"/>
  <xsl:import href="../parts/versions.xsl"/>

  <xsl:variable name="entry" select="'versions'"/>

  <xsl:template match="/e:versions"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:versions" mode="body">
    <xsl:apply-templates select="e:version-timeline" mode="body"/>
    <xsl:apply-templates select="e:orders" mode="body"/>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:version-facts">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'versions'"/>
          <xsl:with-param name="rows" select="e:version-facts"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'versions'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
