<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One policy version: who made it, what it changed, what was decided under it.
  INPUT       <version>
  OUTPUT      v/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/versions.xsl"/>
  <xsl:import href="../parts/changes.xsl"/>
  <xsl:import href="../parts/difference.xsl"/>
  <xsl:import href="../parts/version-timeline.xsl"/>
  <xsl:import href="../parts/classes.xsl"/>
  <xsl:import href="../parts/definitions.xsl"/>
  <xsl:import href="../parts/diagnostics.xsl"/>

  <xsl:variable name="entry" select="'version'"/>

  <xsl:template match="/e:version"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:version" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'kicker.version'"/></xsl:call-template></p>
    <h1><bdi class="id"><xsl:value-of select="e:facts/@version"/></bdi></h1>
    <xsl:apply-templates select="e:facts" mode="story"/>
    <xsl:if test="e:facts/@moved-from">
      <p class="story">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'story.moved'"/>
          <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="e:facts/@moved-from"/></bdi></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:if>
    <xsl:if test="e:facts/@subject">
      <p class="says">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'version.note'"/>
          <xsl:with-param name="a"><bdi><xsl:value-of select="e:facts/@subject"/></bdi></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:version" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids">
        <xsl:text>facts=version-facts changes=version-changes impact=version-impact difference </xsl:text>
        <xsl:text>classes=version-classes rules=version-rules diagnostics=version-diagnostics</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <section id="facts">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'version-facts'"/></xsl:call-template>
      <xsl:apply-templates select="e:facts" mode="facts"/>
      <xsl:apply-templates select="e:version-timeline" mode="body"/>
    </section>
    <section id="changes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'version-changes'"/></xsl:call-template>
      <xsl:apply-templates select="e:changes" mode="body"/>
      <xsl:apply-templates select="e:changes" mode="shown"/>
    </section>
    <section id="impact">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'version-impact'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:impact">
          <p class="radius"><xsl:apply-templates select="e:impact" mode="against"/></p>
          <xsl:apply-templates select="e:impact[@n &gt; 0]" mode="outcomes"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'version-impact'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="difference">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'difference'"/></xsl:call-template>
      <xsl:apply-templates select="e:text-difference" mode="body"/>
    </section>
    <section id="classes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'version-classes'"/></xsl:call-template>
      <xsl:apply-templates select="e:classes" mode="body"/>
    </section>
    <section id="rules">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'version-rules'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:rules/e:definition">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'version-rules'"/>
            <xsl:with-param name="written"><xsl:apply-templates select="e:rules/e:definition" mode="rule-row"/></xsl:with-param>
          </xsl:call-template>
          <xsl:apply-templates select="e:rules" mode="shown"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'version-rules'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="diagnostics">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'version-diagnostics'"/></xsl:call-template>
      <xsl:apply-templates select="e:diagnostics" mode="body"/>
    </section>
  </xsl:template>

  <xsl:template match="e:facts" mode="facts">
    <xsl:if test="@readable = 'false' or @readable = '0'">
      <p class="notice">
        <i aria-hidden="true">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'symbol.notice'"/></xsl:call-template>
        </i>
        <xsl:text> </xsl:text>
        <strong><xsl:call-template name="label"><xsl:with-param name="id" select="'version.unreadable'"/></xsl:call-template></strong>
      </p>
    </xsl:if>
    <dl class="facts">
      <xsl:apply-templates select="@effective" mode="fact"/>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'until'"/>
          <xsl:with-param name="value">
            <xsl:apply-templates select="@until" mode="value"/>
            <xsl:if test="not(@until)">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'version.still'"/></xsl:call-template>
            </xsl:if>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'recorded'"/>
          <xsl:with-param name="value">
            <xsl:apply-templates select="@recorded" mode="value"/>
            <xsl:text> </xsl:text>
            <xsl:apply-templates select="@backdated" mode="badge"/>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'author'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@author" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:if test="@authored">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'authored'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@authored" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="@committer">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'committer'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@committer" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="@signed">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'signed'"/>
            <xsl:with-param name="value">
              <xsl:choose>
                <xsl:when test="@signed = 'true'">
                  <xsl:call-template name="label"><xsl:with-param name="id" select="'version.signed'"/></xsl:call-template>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:call-template name="label"><xsl:with-param name="id" select="'version.unsigned'"/></xsl:call-template>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="@schema">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'schema'"/>
            <xsl:with-param name="value">
              <xsl:apply-templates select="@schema" mode="value"/>
              <xsl:if test="@schema-before">
                <div>
                  <xsl:call-template name="say">
                    <xsl:with-param name="id" select="'version.schema-changed'"/>
                    <xsl:with-param name="a"><xsl:apply-templates select="@schema-before" mode="value"/></xsl:with-param>
                  </xsl:call-template>
                </div>
              </xsl:if>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="@effective-source">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'effective-source'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@effective-source" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'approvers'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@approvers" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'approved'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@approved" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'ticket'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@ticket" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'source'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@source" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'sha256'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@sha256" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'rules'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="number">
              <xsl:with-param name="n" select="@rules"/>
              <xsl:with-param name="page" select="concat($here, '#rules')"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'changes'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="number">
              <xsl:with-param name="n" select="@changes"/>
              <xsl:with-param name="page" select="concat($here, '#changes')"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'version-exceptions'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="amount">
              <xsl:with-param name="n" select="@exceptions"/>
              <xsl:with-param name="of" select="@decisions"/>
              <xsl:with-param name="page" select="concat($here, '#classes')"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      <xsl:if test="@redecided">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'redecided'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'redecided.version'"/>
              <xsl:with-param name="n" select="@redecided"/>
              <xsl:with-param name="a"><xsl:apply-templates select="@redecided" mode="value"/></xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:if>
    </dl>
  </xsl:template>

</xsl:stylesheet>
