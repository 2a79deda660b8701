<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One finding: a check's result for one subject, with the decisions that show it.
  INPUT       <finding>
  OUTPUT      f/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/tenures.xsl"/>
  <xsl:import href="../parts/decisions.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>

  <xsl:variable name="entry" select="'finding'"/>

  <xsl:template match="/e:finding"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:finding" mode="headline">
    <p class="kicker">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'kicker.finding'"/>
        <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="@id"/></bdi></xsl:with-param>
      </xsl:call-template>
    </p>
    <h1><bdi><xsl:value-of select="@title"/></bdi></h1>
    <p class="lead"><bdi><xsl:value-of select="@summary"/></bdi></p>
    <p class="answer">
      <xsl:apply-templates select="@result" mode="badge"/>
      <xsl:text> </xsl:text>
      <xsl:call-template name="amount">
        <xsl:with-param name="n" select="@n"/>
        <xsl:with-param name="of" select="@of"/>
        <xsl:with-param name="page">
          <xsl:choose>
            <xsl:when test="e:examples/@page"><xsl:value-of select="e:examples/@page"/></xsl:when>
            <xsl:when test="e:stretch"><xsl:value-of select="concat($here, '#stretches')"/></xsl:when>
            <xsl:when test="e:details"><xsl:value-of select="concat($here, '#details')"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="@subject-page"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:text> </xsl:text>
      <bdi><xsl:value-of select="@population-text"/></bdi>
    </p>
  </xsl:template>

  <xsl:template match="e:finding" mode="body">
    <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'check'"/>
          <xsl:with-param name="value">
            <a href="{$up}{@check-page}"><bdi class="id"><xsl:value-of select="@check"/></bdi></a>
            <xsl:text> </xsl:text>
            <bdi><xsl:value-of select="@check-title"/></bdi>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'question'"/>
          <xsl:with-param name="value"><bdi><xsl:value-of select="@question"/></bdi></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'subject'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="word">
              <xsl:with-param name="kind" select="'subject'"/>
              <xsl:with-param name="value" select="@subject-kind"/>
            </xsl:call-template>
            <xsl:text> </xsl:text>
            <xsl:call-template name="link">
              <xsl:with-param name="page" select="@subject-page"/>
              <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@subject"/></bdi></xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'cannot-show'"/>
          <xsl:with-param name="value"><bdi><xsl:value-of select="@cannot-show"/></bdi></xsl:with-param>
        </xsl:call-template>
    </dl>
    <xsl:if test="e:details">
    <section id="details">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'details'"/></xsl:call-template>
      <xsl:apply-templates select="e:details/e:p" mode="paragraph"/>
    </section>
    </xsl:if>
    <xsl:if test="e:stretch">
    <section id="stretches">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'stretches'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'stretches'"/>
        <xsl:with-param name="rows" select="e:stretch"/>
      </xsl:call-template>
    </section>
    </xsl:if>
    <xsl:if test="e:missing">
    <section id="missing">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'missing'"/></xsl:call-template>
      <ul class="missing"><xsl:apply-templates select="e:missing" mode="row"/></ul>
    </section>
    </xsl:if>
    <section id="examples">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'finding-examples'"/></xsl:call-template>
      <xsl:apply-templates select="e:examples" mode="body"/>
    </section>
    <section id="controls">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'controls'"/></xsl:call-template>
      <xsl:apply-templates select="e:controls" mode="body"/>
    </section>
  </xsl:template>

  <xsl:template match="e:p" mode="paragraph"><p><bdi><xsl:value-of select="."/></bdi></p></xsl:template>

</xsl:stylesheet>
