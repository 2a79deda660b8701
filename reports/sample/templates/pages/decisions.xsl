<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One page of exceptions in one order, or of the sample with its work paper.
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
      <xsl:call-template name="say"><xsl:with-param name="id" select="concat('lead.decisions.', @kind)"/></xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:decisions" mode="body">
    <xsl:apply-templates select="." mode="method"/>
    <xsl:if test="e:order">
      <nav class="orders">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="say"><xsl:with-param name="id" select="'orders.label'"/></xsl:call-template>
        </xsl:attribute>
        <ul><xsl:apply-templates select="e:order" mode="row"/></ul>
      </nav>
    </xsl:if>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:decision">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'decisions'"/>
          <xsl:with-param name="rows"><xsl:apply-templates select="e:decision" mode="row"/></xsl:with-param>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="e:decision-line">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'decision-lines'"/>
          <xsl:with-param name="rows"><xsl:apply-templates select="e:decision-line" mode="row"/></xsl:with-param>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'decisions'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@kind = 'sample' and e:decision">
      <xsl:call-template name="section">
        <xsl:with-param name="id" select="'work-paper'"/>
        <xsl:with-param name="class" select="'form'"/>
        <xsl:with-param name="content">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'work-paper'"/>
            <xsl:with-param name="rows"><xsl:apply-templates select="e:decision" mode="paper"/></xsl:with-param>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:decisions" mode="method"/>

  <!-- How the sample was drawn, so that anyone draws the same one. -->
  <xsl:template match="e:decisions[@kind = 'sample']" mode="method">
    <xsl:call-template name="section">
      <xsl:with-param name="id" select="'sample-method'"/>
      <xsl:with-param name="content">
        <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'seed'"/>
          <xsl:with-param name="value"><bdi class="id"><xsl:value-of select="@seed"/></bdi></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'per-stratum'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@per-stratum" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'sample-rows'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="e:pages/@rows" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'strata-by'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="say"><xsl:with-param name="id" select="'sample.strata'"/></xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'method'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="say"><xsl:with-param name="id" select="'sample.method'"/></xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        </dl>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:pages/@rows" mode="value"><xsl:value-of select="format-number(., '#,##0')"/></xsl:template>

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
