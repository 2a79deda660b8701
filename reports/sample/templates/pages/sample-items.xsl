<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One page of decisions to be tested by hand, with their work paper; or of the strata that some are drawn from.
  INPUT       <sample-items>
  OUTPUT      d/sample-attribute….html, d/sample-stratified….html, d/sample-boundary….html, d/sample-strata….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/work-paper.xsl"/>

  <xsl:variable name="entry" select="'sample-items'"/>

  <xsl:template match="/e:sample-items"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:sample-items" mode="title">
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('heading.sample-items.', @kind)"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:sample-items" mode="headline">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p class="lead">
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('lead.sample-items.', @kind)"/></xsl:call-template>
    </p>
    <xsl:apply-templates select="@shown"/>
  </xsl:template>

  <xsl:template match="e:sample-items/@shown">
    <p class="shown">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'sample-items.shown'"/>
        <xsl:with-param name="a" select="format-number(., '#,##0')"/>
        <xsl:with-param name="b" select="format-number(../@of, '#,##0')"/>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:sample-items" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="concat('sample-', @kind)"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:sample-items[e:stratum]" mode="body">
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'strata'"/>
      <xsl:with-param name="rows" select="e:stratum"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Hundreds of rows, twice: they are written where they stand, since the shells of other sections copy what they hold. -->
  <xsl:template match="e:sample-items[e:item or e:turn]" mode="body">
    <xsl:call-template name="contents"><xsl:with-param name="ids" select="'items work-paper'"/></xsl:call-template>
    <section id="items">
      <h2><xsl:call-template name="label"><xsl:with-param name="id" select="'section.items'"/></xsl:call-template></h2>
      <xsl:apply-templates select="e:pages" mode="body"/>
      <div class="scroll" role="region" tabindex="0">
        <xsl:call-template name="region-label"><xsl:with-param name="id" select="concat('sample-', @kind)"/></xsl:call-template>
        <table class="table-sample-items">
          <xsl:call-template name="head"><xsl:with-param name="id" select="concat('sample-', @kind)"/></xsl:call-template>
          <xsl:apply-templates select="e:turn" mode="group"/>
          <xsl:if test="e:item"><tbody><xsl:apply-templates select="e:item" mode="row"/></tbody></xsl:if>
        </table>
      </div>
    </section>
    <section id="work-paper" class="form">
      <h2><xsl:call-template name="label"><xsl:with-param name="id" select="'section.work-paper'"/></xsl:call-template></h2>
      <p class="section-lead"><xsl:call-template name="label"><xsl:with-param name="id" select="'section.work-paper.lead'"/></xsl:call-template></p>
      <div class="scroll" role="region" tabindex="0">
        <xsl:call-template name="region-label"><xsl:with-param name="id" select="'work-paper'"/></xsl:call-template>
        <table class="table-work-paper">
          <xsl:call-template name="head"><xsl:with-param name="id" select="'work-paper'"/></xsl:call-template>
          <tbody><xsl:apply-templates select="e:item | e:turn/e:item" mode="paper"/></tbody>
        </table>
      </div>
    </section>
  </xsl:template>

  <xsl:template name="region-label">
    <xsl:param name="id"/>
    <xsl:attribute name="aria-label">
      <xsl:for-each select="$strings"><xsl:apply-templates select="key('table', $id)/caption/node()" mode="string"/></xsl:for-each>
    </xsl:attribute>
  </xsl:template>

  <xsl:template name="head">
    <xsl:param name="id"/>
    <xsl:for-each select="$strings">
      <caption><xsl:apply-templates select="key('table', $id)/caption/node()" mode="string"/></caption>
      <thead><tr><xsl:apply-templates select="key('table', $id)/col" mode="column"/></tr></thead>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="e:turn" mode="group">
    <tbody>
      <tr class="turn">
        <th scope="rowgroup" colspan="7">
          <xsl:apply-templates select="." mode="sentence"/>
          <xsl:if test="@continued">
            <xsl:text> </xsl:text>
            <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'turn.continued'"/></xsl:call-template></span>
          </xsl:if>
        </th>
      </tr>
      <xsl:apply-templates select="e:item" mode="row"/>
    </tbody>
  </xsl:template>

  <xsl:template match="e:turn" mode="sentence">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('turn.', @kind, substring('.first', 1, 6 * not(@before)), substring('.last', 1, 5 * not(@after)))"/>
      <xsl:with-param name="a"><xsl:apply-templates select="@after" mode="turn"/></xsl:with-param>
      <xsl:with-param name="b"><xsl:apply-templates select="@before" mode="turn"/></xsl:with-param>
      <xsl:with-param name="c"><xsl:apply-templates select="@at" mode="value"/></xsl:with-param>
      <xsl:with-param name="d"><xsl:apply-templates select="@rule" mode="turn"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@before | @after | @rule" mode="turn">
    <xsl:call-template name="link">
      <xsl:with-param name="page" select="../@*[local-name() = concat(local-name(current()), '-page')]"/>
      <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="."/></bdi></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:stratum" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@rule-page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@rule"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <td><xsl:apply-templates select="@class" mode="badge"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@drawn"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@population"/>
          <xsl:with-param name="page" select="concat(@rule-page, substring('#classes', 1, 8 * boolean(@rule-page)))"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
