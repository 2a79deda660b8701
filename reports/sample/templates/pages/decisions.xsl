<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One page of exceptions in one order.
  INPUT       <decisions>
  OUTPUT      d/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/decisions.xsl"/>

  <xsl:variable name="entry" select="'decisions'"/>

  <xsl:template match="/e:decisions"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:decisions" mode="headline">
    <h1><bdi><xsl:value-of select="@title"/></bdi></h1>
    <p class="lead">
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('lead.decisions.', @kind)"/></xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:decisions" mode="body">
    <xsl:if test="e:order">
      <nav class="orders">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'orders.label'"/></xsl:call-template>
        </xsl:attribute>
        <ul><xsl:apply-templates select="e:order" mode="row"/></ul>
      </nav>
    </xsl:if>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:decision">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'decisions'"/>
          <xsl:with-param name="rows" select="e:decision"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="e:decision-line">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'decision-lines'"/>
          <xsl:with-param name="rows" select="e:decision-line"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'decisions'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:order" mode="row">
    <li>
      <a href="{$up}{@page}">
        <xsl:if test="@current = 'true' or @current = '1'"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
        <bdi><xsl:value-of select="@title"/></bdi>
        <xsl:if test="@n"><xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="format-number(@n, '#,##0')"/></span></xsl:if>
      </a>
    </li>
  </xsl:template>

</xsl:stylesheet>
