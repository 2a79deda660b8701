<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Findings in one line each.
  INPUT       <findings>, <top-findings>, <findings-list>: <finding-ref>.
  MODES       body   the table, or a sentence     row   one finding
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:findings | e:top-findings" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="concat(substring('check-', 1, 6 * boolean(parent::e:check)), 'findings')"/>
      <xsl:with-param name="rows" select="e:finding-ref"/>
    </xsl:call-template>
    <xsl:apply-templates select="." mode="shown"/>
  </xsl:template>

  <xsl:template match="e:findings[not(e:finding-ref)] | e:top-findings[not(e:finding-ref)]" mode="body">
    <xsl:call-template name="empty">
      <xsl:with-param name="id" select="concat(substring('rule-', 1, 5 * boolean(parent::e:rule)), 'findings')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:finding-ref" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@id"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <td><xsl:apply-templates select="@result" mode="badge"/></td>
      <td><bdi><xsl:value-of select="@summary"/></bdi></td>
      <td>
        <div class="label">
          <xsl:call-template name="word">
            <xsl:with-param name="kind" select="'subject'"/>
            <xsl:with-param name="value" select="@subject-kind"/>
          </xsl:call-template>
        </div>
        <div>
          <xsl:call-template name="link">
            <xsl:with-param name="page" select="@subject-page"/>
            <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@subject"/></bdi></xsl:with-param>
          </xsl:call-template>
        </div>
      </td>
      <xsl:if test="not(/e:check)">
        <td>
          <a href="{$up}{@check-page}"><bdi class="id"><xsl:value-of select="@check"/></bdi></a>
          <div><bdi><xsl:value-of select="@check-title"/></bdi></div>
        </td>
      </xsl:if>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="of" select="@of"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
