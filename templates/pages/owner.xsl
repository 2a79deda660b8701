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
    <p class="kicker"><xsl:call-template name="say"><xsl:with-param name="id" select="'kicker.owner'"/></xsl:call-template></p>
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
          <xsl:call-template name="say"><xsl:with-param name="id" select="'owner.on-register'"/></xsl:call-template>
        </xsl:when>
        <xsl:when test="@on-register">
          <xsl:call-template name="say"><xsl:with-param name="id" select="'owner.off-register'"/></xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="say"><xsl:with-param name="id" select="'owner.no-register'"/></xsl:call-template>
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
    <xsl:call-template name="section">
      <xsl:with-param name="id" select="'owner-facts'"/>
      <xsl:with-param name="content">
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
                <xsl:call-template name="say"><xsl:with-param name="id" select="'register.yes'"/></xsl:call-template>
              </xsl:when>
              <xsl:when test="@on-register">
                <xsl:call-template name="say"><xsl:with-param name="id" select="'register.no'"/></xsl:call-template>
              </xsl:when>
              <xsl:otherwise>
                <xsl:call-template name="say"><xsl:with-param name="id" select="'register.none'"/></xsl:call-template>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'left'"/>
          <xsl:with-param name="value">
            <xsl:apply-templates select="@left" mode="value"/>
            <xsl:if test="not(@left)">
              <xsl:call-template name="say"><xsl:with-param name="id" select="'owner.not-left'"/></xsl:call-template>
            </xsl:if>
          </xsl:with-param>
        </xsl:call-template>
        </dl>
        <xsl:if test="@exceptions-page">
          <p class="more">
            <a href="{$up}{@exceptions-page}">
              <xsl:call-template name="say"><xsl:with-param name="id" select="'owner.exceptions'"/></xsl:call-template>
            </a>
          </p>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:if test="e:timeline">
      <xsl:call-template name="section">
        <xsl:with-param name="id" select="'timeline'"/>
        <xsl:with-param name="content"><xsl:apply-templates select="e:timeline" mode="body"/></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="section">
      <xsl:with-param name="id" select="'tenures'"/>
      <xsl:with-param name="words" select="'owner-tenures'"/>
      <xsl:with-param name="content">
        <xsl:choose>
          <xsl:when test="e:tenures/e:tenure">
            <xsl:call-template name="table">
              <xsl:with-param name="id" select="'tenures-owner'"/>
              <xsl:with-param name="rows"><xsl:apply-templates select="e:tenures/e:tenure" mode="owner-row"/></xsl:with-param>
            </xsl:call-template>
            <xsl:apply-templates select="e:tenures" mode="shown"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="empty"><xsl:with-param name="id" select="'owner-tenures'"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:if test="e:members">
      <xsl:call-template name="section">
        <xsl:with-param name="id" select="'members'"/>
        <xsl:with-param name="words" select="'owner-members'"/>
        <xsl:with-param name="content">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'members'"/>
            <xsl:with-param name="rows"><xsl:apply-templates select="e:members/e:member" mode="row"/></xsl:with-param>
          </xsl:call-template>
          <xsl:apply-templates select="e:members" mode="shown"/>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="section">
      <xsl:with-param name="id" select="'classes'"/>
      <xsl:with-param name="words" select="'owner-classes'"/>
      <xsl:with-param name="content">
        <xsl:apply-templates select="e:classes" mode="body"/>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="section">
      <xsl:with-param name="id" select="'tally'"/>
      <xsl:with-param name="words" select="'owner-tally'"/>
      <xsl:with-param name="content">
        <xsl:apply-templates select="e:tally" mode="body"/>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="section">
      <xsl:with-param name="id" select="'findings'"/>
      <xsl:with-param name="content">
        <xsl:apply-templates select="e:findings" mode="body"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
