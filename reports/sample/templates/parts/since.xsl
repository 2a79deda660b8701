<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What changed since the pack before, in figures that open their rows.
  INPUT       <previous> of evidence/pack.xml.
  MODES       body   the section of the front page
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="delta.xsl"/>

  <xsl:template match="e:previous" mode="body">
    <xsl:variable name="pack" select="e:chain/e:earlier-pack[1]"/>
    <section id="since">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'since'"/></xsl:call-template>
      <p>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'index.since'"/>
          <xsl:with-param name="a"><b><bdi><xsl:value-of select="$pack/@period"/></bdi></b></xsl:with-param>
          <xsl:with-param name="b"><xsl:apply-templates select="@newly-failing" mode="opens"/></xsl:with-param>
          <xsl:with-param name="c"><xsl:apply-templates select="@newly-passing" mode="opens"/></xsl:with-param>
        </xsl:call-template>
        <xsl:if test="$pack/@missing">
          <xsl:text> </xsl:text>
          <strong>
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'index.since.hole'"/>
              <xsl:with-param name="a"><bdi><xsl:value-of select="$pack/@missing"/></bdi></xsl:with-param>
            </xsl:call-template>
          </strong>
        </xsl:if>
      </p>
      <dl class="facts">
        <xsl:apply-templates select="@newly-cannot-tell" mode="since"><xsl:with-param name="name" select="'since-cannot-tell'"/><xsl:with-param name="of" select="@checks"/></xsl:apply-templates>
        <xsl:apply-templates select="@lost" mode="since"><xsl:with-param name="name" select="'since-lost'"/><xsl:with-param name="of" select="@controls"/></xsl:apply-templates>
        <xsl:apply-templates select="@gained" mode="since"><xsl:with-param name="name" select="'since-gained'"/><xsl:with-param name="of" select="@controls"/></xsl:apply-templates>
        <xsl:apply-templates select="@versions-new" mode="since"><xsl:with-param name="name" select="'since-versions'"/></xsl:apply-templates>
        <xsl:apply-templates select="@looser" mode="since"><xsl:with-param name="name" select="'since-looser'"/></xsl:apply-templates>
        <xsl:apply-templates select="@hand-overs" mode="since"><xsl:with-param name="name" select="'since-hand-overs'"/></xsl:apply-templates>
        <xsl:apply-templates select="@gaps-opened" mode="since"><xsl:with-param name="name" select="'since-gaps'"/></xsl:apply-templates>
      </dl>
      <p class="more">
        <a href="{@page}"><xsl:call-template name="label"><xsl:with-param name="id" select="'index.since.more'"/></xsl:call-template></a>
      </p>
    </section>
  </xsl:template>

  <xsl:template match="@*" mode="since">
    <xsl:param name="name"/>
    <xsl:param name="of"/>
    <xsl:call-template name="fact">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value">
        <xsl:apply-templates select="." mode="opens"/>
        <xsl:if test="$of">
          <xsl:text> </xsl:text>
          <span class="quiet">
            <xsl:call-template name="say"><xsl:with-param name="id" select="'of'"/><xsl:with-param name="a" select="format-number($of, '#,##0')"/></xsl:call-template>
          </span>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
