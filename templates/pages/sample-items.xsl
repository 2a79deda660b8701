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
    <xsl:call-template name="say"><xsl:with-param name="id" select="concat('heading.sample-items.', @kind)"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:sample-items" mode="headline">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p class="lead">
      <xsl:call-template name="say"><xsl:with-param name="id" select="concat('lead.sample-items.', @kind)"/></xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:sample-items" mode="body">
    <xsl:if test="e:item or e:turn/e:item">
      <xsl:call-template name="contents"><xsl:with-param name="ids" select="'items work-paper'"/></xsl:call-template>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="e:item or e:turn/e:item">
        <xsl:call-template name="section">
          <xsl:with-param name="id" select="'items'"/>
          <xsl:with-param name="content">
            <xsl:apply-templates select="e:pages" mode="body"/>
            <xsl:apply-templates select="." mode="items"/>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="section">
          <xsl:with-param name="id" select="'work-paper'"/>
          <xsl:with-param name="class" select="'form'"/>
          <xsl:with-param name="content">
            <xsl:call-template name="table">
              <xsl:with-param name="id" select="'work-paper'"/>
              <xsl:with-param name="rows"><xsl:apply-templates select="e:item | e:turn/e:item" mode="paper"/></xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="e:stratum">
        <xsl:apply-templates select="e:pages" mode="body"/>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'strata'"/>
          <xsl:with-param name="rows"><xsl:apply-templates select="e:stratum" mode="row"/></xsl:with-param>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="empty"><xsl:with-param name="id" select="concat('sample-', @kind)"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:sample-items" mode="items">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'sample-items'"/>
      <xsl:with-param name="rows"><xsl:apply-templates select="e:item" mode="row"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A change heads the rows that stand beside it: a group of rows each, which the shell of other tables does not know. -->
  <xsl:template match="e:sample-items[e:turn]" mode="items">
    <xsl:variable name="groups"><xsl:apply-templates select="e:turn" mode="group"/></xsl:variable>
    <xsl:for-each select="$strings">
      <xsl:variable name="table" select="key('table', 'sample-boundary')"/>
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label"><xsl:apply-templates select="$table/caption/node()" mode="string"/></xsl:attribute>
        <table class="table-sample-items">
          <caption><xsl:apply-templates select="$table/caption/node()" mode="string"/></caption>
          <thead><tr><xsl:apply-templates select="$table/col" mode="column"/></tr></thead>
          <xsl:copy-of select="$groups"/>
        </table>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="e:turn" mode="group">
    <tbody>
      <tr class="turn">
        <th scope="rowgroup" colspan="7">
          <xsl:apply-templates select="." mode="sentence"/>
          <xsl:if test="@continued">
            <xsl:text> </xsl:text>
            <span class="quiet"><xsl:call-template name="say"><xsl:with-param name="id" select="'turn.continued'"/></xsl:call-template></span>
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
