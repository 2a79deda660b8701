<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The blast radius: decisions under one version that another one would have classed otherwise.
  INPUT       <impact> with <outcome>; <change> for what stands around it.
  MODES       radius   the figures in sentences      outcomes, outcomes-table   the rows that make up a figure
              row      one outcome                   against   one figure, with the way to its rows (rows)
  NOTES       Included by parts/changes.xsl. What stands in a change of one rule counts decisions that this rule has to do
              with; its version's own figures count all. The rows add up to the figure; rows left out are one row with their sum.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:change" mode="radius">
    <p class="radius">
      <xsl:apply-templates select="@decisions" mode="radius"/>
      <xsl:apply-templates select="e:impact" mode="against"/>
      <xsl:apply-templates select="@impact-unknown | @forgotten" mode="radius"/>
    </p>
    <xsl:apply-templates select="e:impact[@n &gt; 0]" mode="outcomes"/>
  </xsl:template>

  <!-- A rule that was removed decides nothing. -->
  <xsl:template match="@decisions" mode="radius"/>
  <xsl:template match="e:change[@kind != 'removed']/@decisions" mode="radius">
    <xsl:call-template name="say">
      <xsl:with-param name="id">
        <xsl:value-of select="concat('radius.', ../@counted)"/>
        <xsl:if test=". = 0">.none</xsl:if>
      </xsl:with-param>
      <xsl:with-param name="n" select="."/>
      <xsl:with-param name="a">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="."/>
          <xsl:with-param name="page" select="../@decisions-page"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:if test="../@in-period = 'false' or ../@in-period = '0'">
      <xsl:text> </xsl:text>
      <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'change.outside'"/></xsl:call-template></span>
    </xsl:if>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="@impact-unknown" mode="radius">
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('radius.', .)"/></xsl:call-template>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="@forgotten" mode="radius">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'radius.forgotten'"/>
      <xsl:with-param name="n" select="."/>
      <xsl:with-param name="a" select="format-number(., '#,##0')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:impact" mode="against">
    <xsl:call-template name="say">
      <xsl:with-param name="id">
        <xsl:text>radius.</xsl:text>
        <xsl:if test="parent::e:change[@rule != '-'] and @of &gt; 0">rule-</xsl:if>
        <xsl:value-of select="concat('judged-by-', @judged-by)"/>
        <xsl:choose>
          <xsl:when test="@of = 0">.nothing</xsl:when>
          <xsl:when test="@n = 0">.none</xsl:when>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="n" select="@of"/>
      <xsl:with-param name="a">
        <a><xsl:apply-templates select="." mode="rows"/><xsl:value-of select="format-number(@n, '#,##0')"/></a>
      </xsl:with-param>
      <xsl:with-param name="b">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@of"/>
          <xsl:with-param name="page"><xsl:if test="@version-page"><xsl:value-of select="concat(@version-page, '#classes')"/></xsl:if></xsl:with-param>
        </xsl:call-template>
      </xsl:with-param>
      <xsl:with-param name="c"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
      <xsl:with-param name="d"><bdi class="id"><xsl:value-of select="@other"/></bdi></xsl:with-param>
    </xsl:call-template>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- Where the rows of a figure stand. Of a version that changed one rule, its change has them already. -->
  <xsl:template match="e:impact" mode="rows">
    <xsl:attribute name="href"><xsl:value-of select="concat('#', @anchor)"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="e:version[e:changes/@of = 1]/e:impact[@judged-by = ../e:changes/e:change/e:impact/@judged-by]" mode="rows">
    <xsl:variable name="same" select="../e:changes/e:change/e:impact[@judged-by = current()/@judged-by and @n = current()/@n]"/>
    <xsl:attribute name="href"><xsl:value-of select="concat('#', ($same | self::*[not($same)])/@anchor)"/></xsl:attribute>
  </xsl:template>

  <!-- On a version's page the rule tells tables apart, elsewhere the two versions do. -->
  <xsl:template match="e:impact" mode="outcomes"><xsl:apply-templates select="." mode="outcomes-table"/></xsl:template>
  <xsl:template match="e:change[@rule != '-']/e:impact" mode="outcomes">
    <xsl:apply-templates select="." mode="outcomes-table"><xsl:with-param name="id" select="'outcomes-this-rule'"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="e:impact" mode="outcomes-table">
    <xsl:param name="id" select="'outcomes'"/>
    <div class="outcomes" id="{@anchor}">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="$id"/>
        <xsl:with-param name="a" select="string(@version)"/>
        <xsl:with-param name="b" select="string(@other)"/>
        <xsl:with-param name="rows" select="."/>
      </xsl:call-template>
    </div>
  </xsl:template>
  <xsl:template match="e:version[e:changes/@of = 1]/e:impact" mode="outcomes">
    <xsl:if test="not(../e:changes/e:change/e:impact[@judged-by = current()/@judged-by and @n = current()/@n])">
      <xsl:apply-templates select="." mode="outcomes-table"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="e:version/e:changes/e:change[@rule != '-']/e:impact" mode="outcomes" priority="2">
    <div class="outcomes" id="{@anchor}">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'outcomes-rule'"/>
        <xsl:with-param name="a" select="string(../@rule)"/>
        <xsl:with-param name="b" select="string(@version)"/>
        <xsl:with-param name="rows" select="."/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template match="e:impact" mode="row">
    <xsl:apply-templates select="e:outcome" mode="row"/>
    <xsl:if test="@rest">
      <tr>
        <td colspan="2">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'radius.rest'"/>
            <xsl:with-param name="a" select="format-number(@rest-kinds, '#,##0')"/>
          </xsl:call-template>
        </td>
        <td class="n"><xsl:value-of select="format-number(@rest, '#,##0')"/></td>
      </tr>
    </xsl:if>
    <tr class="sum">
      <th scope="row" colspan="2"><xsl:call-template name="label"><xsl:with-param name="id" select="'radius.sum'"/></xsl:call-template></th>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="of" select="@of"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:outcome" mode="row">
    <tr>
      <td>
        <xsl:apply-templates select="@class" mode="outcome"/>
        <xsl:call-template name="outcome-rule">
          <xsl:with-param name="rule" select="@rule"/>
          <xsl:with-param name="page" select="@rule-page"/>
        </xsl:call-template>
      </td>
      <td>
        <xsl:apply-templates select="@other-class" mode="outcome"/>
        <xsl:call-template name="outcome-rule">
          <xsl:with-param name="rule" select="@other-rule"/>
          <xsl:with-param name="page" select="@other-rule-page"/>
        </xsl:call-template>
      </td>
      <td class="n"><xsl:apply-templates select="@n" mode="value"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="@class | @other-class" mode="outcome">
    <xsl:variable name="quiet" select=". = 'compliant' or . = 'permitted_fallback' or . = 'not_served' or . = 'malformed'"/>
    <span>
      <xsl:attribute name="class">class<xsl:if test="not($quiet)"> departs</xsl:if></xsl:attribute>
      <i aria-hidden="true">
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.exception.', not($quiet))"/></xsl:call-template>
      </i>
      <xsl:text> </xsl:text>
      <b>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'class'"/>
          <xsl:with-param name="value" select="string(.)"/>
        </xsl:call-template>
      </b>
    </span>
  </xsl:template>

  <xsl:template name="outcome-rule">
    <xsl:param name="rule"/>
    <xsl:param name="page"/>
    <div>
      <xsl:choose>
        <xsl:when test="$rule = '-'">
          <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'radius.no-rule'"/></xsl:call-template></span>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="link">
            <xsl:with-param name="page" select="$page"/>
            <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="$rule"/></bdi></xsl:with-param>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

</xsl:stylesheet>
