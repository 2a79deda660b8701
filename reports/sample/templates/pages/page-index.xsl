<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     All pages of a long list by what they hold, or all days of a group of exceptions: any page in one click from here.
  INPUT       <page-index>
  OUTPUT      d/days.html, d/….-days.html, r/index-pages.html …
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/names.xsl"/>

  <xsl:variable name="entry" select="'page-index'"/>

  <xsl:template match="/e:page-index"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:page-index" mode="title">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('title.page-index.', @by)"/>
      <xsl:with-param name="a" select="translate(@title, $direction-controls, '')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:page-index" mode="headline">
    <h1>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('title.page-index.', @by)"/>
        <xsl:with-param name="a"><bdi><xsl:value-of select="@title"/></bdi></xsl:with-param>
      </xsl:call-template>
    </h1>
    <p class="lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('lead.page-index.', @by)"/>
        <xsl:with-param name="n" select="@of"/>
        <xsl:with-param name="a" select="format-number(@n, '#,##0')"/>
        <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:page-index" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="concat('page-index-', @by)"/>
      <xsl:with-param name="rows" select="e:index-entry"/>
    </xsl:call-template>
    <xsl:apply-templates select="." mode="shown"/>
  </xsl:template>

</xsl:stylesheet>
