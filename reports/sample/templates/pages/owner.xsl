<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One owner: what was held, when, and what happened under it.
  INPUT       <owner>
  OUTPUT      o/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/timeline.xsl"/>
  <xsl:import href="../parts/tenures.xsl"/>
  <xsl:import href="../parts/classes.xsl"/>
  <xsl:import href="../parts/tally.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>

  <xsl:variable name="entry" select="'owner'"/>

  <xsl:template match="/e:owner"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:owner" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'kicker.owner'"/></xsl:call-template></p>
    <h1><bdi><xsl:value-of select="@id"/></bdi></h1>
    <p class="lead">
      <xsl:choose>
        <xsl:when test="@left">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'owner.left'"/>
            <xsl:with-param name="a"><xsl:apply-templates select="@left" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:when>
        <xsl:when test="@on-register = 'true' or @on-register = '1'">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'owner.on-register'"/></xsl:call-template>
        </xsl:when>
        <xsl:when test="@on-register">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'owner.off-register'"/></xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="label"><xsl:with-param name="id" select="'owner.no-register'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

  <xsl:template match="e:owner" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids">
        <xsl:text>owner-facts </xsl:text>
        <xsl:if test="e:timeline">timeline </xsl:if>
        <xsl:text>tenures=owner-tenures classes=owner-classes tally=owner-tally findings</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <section id="owner-facts">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'owner-facts'"/></xsl:call-template>
      <dl class="facts">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'owner-id'"/>
        <xsl:with-param name="value"><bdi class="id"><xsl:value-of select="@id"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'team'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="@team" mode="value"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'register'"/>
        <xsl:with-param name="value">
          <xsl:choose>
            <xsl:when test="@on-register = 'true' or @on-register = '1'">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'register.yes'"/></xsl:call-template>
            </xsl:when>
            <xsl:when test="@on-register">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'register.no'"/></xsl:call-template>
            </xsl:when>
            <xsl:otherwise>
              <xsl:call-template name="label"><xsl:with-param name="id" select="'register.none'"/></xsl:call-template>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'left'"/>
        <xsl:with-param name="value">
          <xsl:apply-templates select="@left" mode="value"/>
          <xsl:if test="not(@left)">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'owner.not-left'"/></xsl:call-template>
          </xsl:if>
        </xsl:with-param>
      </xsl:call-template>
      </dl>
      <xsl:if test="@exceptions-page">
        <p class="more">
          <a href="{$up}{@exceptions-page}">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'owner.exceptions'"/></xsl:call-template>
          </a>
        </p>
      </xsl:if>
    </section>
    <xsl:if test="e:timeline">
      <section id="timeline">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'timeline'"/></xsl:call-template>
        <xsl:apply-templates select="e:timeline" mode="body"/>
      </section>
    </xsl:if>
    <section id="tenures">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'owner-tenures'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:tenures/e:tenure">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'tenures-owner'"/>
            <xsl:with-param name="written"><xsl:apply-templates select="e:tenures/e:tenure" mode="owner-row"/></xsl:with-param>
          </xsl:call-template>
          <xsl:apply-templates select="e:tenures" mode="shown"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'owner-tenures'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:if test="e:members">
      <section id="members">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'owner-members'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'members'"/>
          <xsl:with-param name="rows" select="e:members/e:member"/>
        </xsl:call-template>
        <xsl:apply-templates select="e:members" mode="shown"/>
      </section>
    </xsl:if>
    <section id="classes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'owner-classes'"/></xsl:call-template>
      <xsl:apply-templates select="e:classes" mode="body"/>
    </section>
    <section id="tally">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'owner-tally'"/></xsl:call-template>
      <xsl:apply-templates select="e:tally" mode="body"/>
    </section>
    <section id="findings">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'findings'"/></xsl:call-template>
      <xsl:apply-templates select="e:findings" mode="body"/>
    </section>
  </xsl:template>

</xsl:stylesheet>
