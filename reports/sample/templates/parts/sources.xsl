<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Routing logs, and what became of each of their lines.
  INPUT       <source-facts>, <facts> of a source, and any element with the line totals.
  MODES       row   one source     equation   lines = blank + malformed + out of period + judged
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="@compression" mode="value"><bdi><xsl:value-of select="."/></bdi></xsl:template>

  <xsl:template match="@compression[. = 'none']" mode="value">
    <xsl:call-template name="label"><xsl:with-param name="id" select="'source.plain'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:source-facts" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row">
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@name"/></bdi></a>
        <div class="quiet"><bdi><xsl:value-of select="@format"/></bdi>, <xsl:apply-templates select="@compression" mode="value"/>
          <xsl:if test="@gone = 'true'">
            <xsl:text>, </xsl:text>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'source.gone'"/></xsl:call-template>
          </xsl:if>
        </div>
      </th>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@lines"/>
          <xsl:with-param name="page" select="concat(@page, '#equation')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@blank"/>
          <xsl:with-param name="page" select="concat(@page, '#equation')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@malformed"/>
          <xsl:with-param name="page" select="concat(@page, '#rejects')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@out-of-period"/>
          <xsl:with-param name="page" select="concat(@page, '#equation')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@judged"/>
          <xsl:with-param name="page" select="concat(@page, '#day-table')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="page" select="concat(@page, '#day-table')"/>
        </xsl:call-template>
      </td>
      <td><xsl:apply-templates select="." mode="adds-up"/></td>
      <td>
        <xsl:choose>
          <xsl:when test="@first or @last">
            <div><xsl:apply-templates select="@first" mode="value"/></div>
            <div><xsl:apply-templates select="@last" mode="value"/></div>
          </xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'source.no-record'"/></xsl:call-template>
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
      <b>
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="."/>
          <xsl:with-param name="page">
            <xsl:choose>
              <xsl:when test="parent::e:totals">reconciliation.html#by-source</xsl:when>
              <xsl:when test="local-name() = 'malformed'"><xsl:value-of select="concat($here, '#rejects')"/></xsl:when>
              <xsl:when test="local-name() = 'judged'"><xsl:value-of select="concat($here, '#day-table')"/></xsl:when>
            </xsl:choose>
          </xsl:with-param>
        </xsl:call-template>
      </b>
      <xsl:text> </xsl:text>
      <small>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="concat('term.', local-name())"/>
          <xsl:with-param name="n" select="."/>
        </xsl:call-template>
      </small>
    </span>
  </xsl:template>

</xsl:stylesheet>
