<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One rule: who owned it when, how it changed, what was decided under it, what that bears on.
  INPUT       <rule>
  OUTPUT      r/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/timeline.xsl"/>
  <xsl:import href="../parts/rule.xsl"/>
  <xsl:import href="../parts/tenures.xsl"/>
  <xsl:import href="../parts/definitions.xsl"/>
  <xsl:import href="../parts/changes.xsl"/>
  <xsl:import href="../parts/drift.xsl"/>
  <xsl:import href="../parts/days.xsl"/>
  <xsl:import href="../parts/classes.xsl"/>
  <xsl:import href="../parts/tally.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>
  <xsl:import href="../parts/decisions.xsl"/>

  <xsl:variable name="entry" select="'rule'"/>

  <xsl:template match="/e:rule"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:rule" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'kicker.rule'"/></xsl:call-template></p>
    <h1><bdi class="id"><xsl:value-of select="e:definition/@rule"/></bdi></h1>
    <p class="lead"><bdi><xsl:value-of select="@words"/></bdi></p>
    <xsl:if test="@in-force = 'false' or @in-force = '0'">
      <p>
        <xsl:call-template name="badge">
          <xsl:with-param name="kind" select="'in-force'"/>
          <xsl:with-param name="value" select="'false'"/>
        </xsl:call-template>
      </p>
    </xsl:if>
    <xsl:apply-templates select="$context" mode="dossier"/>
  </xsl:template>

  <xsl:template match="e:rule" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids">
        <xsl:text>owner-now timeline tenures stretches definitions changes classes=rule-classes </xsl:text>
        <xsl:text>tally </xsl:text>
        <xsl:if test="e:dormant">dormant </xsl:if>
        <xsl:if test="e:permitted or e:definition/@action = 'permit'">permitted </xsl:if>
        <xsl:if test="e:days">days=rule-days </xsl:if>
        <xsl:if test="e:drift">drift </xsl:if>
        <xsl:text>findings controls examples</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <section id="owner-now">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'owner-now'"/></xsl:call-template>
      <xsl:apply-templates select="." mode="now"/>
    </section>
    <section id="timeline">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'timeline'"/></xsl:call-template>
      <xsl:apply-templates select="e:timeline" mode="body"/>
    </section>
    <section id="tenures">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'tenures'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:tenures/e:tenure">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'tenures'"/>
            <xsl:with-param name="rows" select="e:tenures/e:tenure"/>
          </xsl:call-template>
          <xsl:apply-templates select="e:tenures" mode="shown"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'tenures'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="stretches">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'stretches'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:stretches/e:stretch">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'stretches'"/>
            <xsl:with-param name="rows" select="e:stretches/e:stretch"/>
          </xsl:call-template>
          <xsl:apply-templates select="e:stretches" mode="shown"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'stretches'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="definitions">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'definitions'"/></xsl:call-template>
      <xsl:if test="count(e:definitions/e:definition) &gt; 1"><xsl:apply-templates select="e:definition" mode="definition"/></xsl:if>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'definitions'"/>
        <xsl:with-param name="rows" select="e:definitions/e:definition"/>
      </xsl:call-template>
      <xsl:apply-templates select="e:definitions" mode="shown"/>
    </section>
    <section id="changes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'changes'"/></xsl:call-template>
      <xsl:apply-templates select="e:changes" mode="body"/>
      <xsl:apply-templates select="e:changes" mode="shown"/>
    </section>
    <section id="classes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'rule-classes'"/></xsl:call-template>
      <xsl:apply-templates select="e:classes" mode="body"/>
    </section>
    <section id="tally">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'tally'"/></xsl:call-template>
      <xsl:apply-templates select="e:tally" mode="body"/>
    </section>
    <xsl:if test="e:dormant">
      <section id="dormant">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dormant'"/></xsl:call-template>
        <ul><xsl:apply-templates select="e:dormant" mode="row"/></ul>
      </section>
    </xsl:if>
    <xsl:if test="e:permitted or e:definition/@action = 'permit'">
      <section id="permitted">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'permitted'"/></xsl:call-template>
        <xsl:choose>
          <xsl:when test="e:permitted">
            <xsl:call-template name="table">
              <xsl:with-param name="id" select="'permitted'"/>
              <xsl:with-param name="rows" select="e:permitted"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="empty"><xsl:with-param name="id" select="'permitted'"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </section>
    </xsl:if>
    <xsl:if test="e:days">
      <section id="days">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'rule-days'"/></xsl:call-template>
        <xsl:apply-templates select="e:days" mode="body"/>
        <xsl:apply-templates select="e:days" mode="rows"/>
      </section>
    </xsl:if>
    <xsl:if test="e:drift">
      <section id="drift">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'drift'"/></xsl:call-template>
        <xsl:apply-templates select="e:drift" mode="body"/>
      </section>
    </xsl:if>
    <section id="findings">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'findings'"/></xsl:call-template>
      <xsl:apply-templates select="e:findings" mode="body"/>
    </section>
    <section id="controls">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'controls'"/></xsl:call-template>
      <xsl:apply-templates select="e:controls" mode="body"/>
    </section>
    <section id="examples">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'examples'"/></xsl:call-template>
      <xsl:apply-templates select="e:examples" mode="body"/>
    </section>
  </xsl:template>

</xsl:stylesheet>
