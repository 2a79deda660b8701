<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Routing logs, and what became of each of their lines.
  INPUT       <source-facts>, <facts> of a source, and any element with the line totals.
  MODES       row   one source     equation   lines = blank + malformed + out of period + judged
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:source-facts" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row">
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@name"/></bdi></a>
        <span class="line quiet"><bdi><xsl:value-of select="@format"/></bdi>, <bdi><xsl:value-of select="@compression"/></bdi></span>
      </th>
      <td class="number"><xsl:apply-templates select="@lines" mode="value"/></td>
      <td class="number"><xsl:apply-templates select="@blank" mode="value"/></td>
      <td class="number">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@malformed"/>
          <xsl:with-param name="page" select="concat(@page, '#rejects')"/>
        </xsl:call-template>
      </td>
      <td class="number"><xsl:apply-templates select="@out-of-period" mode="value"/></td>
      <td class="number"><xsl:apply-templates select="@judged" mode="value"/></td>
      <td class="number"><xsl:apply-templates select="@exceptions" mode="value"/></td>
      <td><xsl:apply-templates select="." mode="adds-up"/></td>
      <td>
        <xsl:choose>
          <xsl:when test="@first or @last">
            <span class="line"><xsl:apply-templates select="@first" mode="value"/></span>
            <span class="line"><xsl:apply-templates select="@last" mode="value"/></span>
          </xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="say"><xsl:with-param name="id" select="'source.no-record'"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <td><xsl:apply-templates select="@sha256" mode="value"/></td>
    </tr>
  </xsl:template>

  <!-- Does every line have exactly one fate? -->
  <xsl:template match="*[@lines]" mode="adds-up">
    <xsl:call-template name="badge">
      <xsl:with-param name="kind" select="'sum'"/>
      <xsl:with-param name="value">
        <xsl:choose>
          <xsl:when test="@lines = @blank + @malformed + @out-of-period + @judged">agrees</xsl:when>
          <xsl:otherwise>differs</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="*[@lines]" mode="equation">
    <div class="equation">
      <p>
        <xsl:apply-templates select="@lines" mode="term"/>
        <span class="operator"> = </span>
        <xsl:apply-templates select="@blank" mode="term"/>
        <span class="operator"> + </span>
        <xsl:apply-templates select="@malformed" mode="term"/>
        <span class="operator"> + </span>
        <xsl:apply-templates select="@out-of-period" mode="term"/>
        <span class="operator"> + </span>
        <xsl:apply-templates select="@judged" mode="term"/>
      </p>
      <p class="verdict"><xsl:apply-templates select="." mode="adds-up"/></p>
    </div>
  </xsl:template>

  <xsl:template match="@*" mode="term">
    <span class="term">
      <xsl:apply-templates select="." mode="value"/>
      <xsl:text> </xsl:text>
      <span class="label">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="concat('term.', local-name())"/>
          <xsl:with-param name="n" select="."/>
        </xsl:call-template>
      </span>
    </span>
  </xsl:template>

</xsl:stylesheet>
