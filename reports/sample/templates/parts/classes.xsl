<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Decisions by class: counts with denominators, shares, a bar for the eye.
  INPUT       <classes> with <class-count>.
  MODES       body   the table, or a sentence when there are no decisions     row   one class
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:classes" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'classes'"/>
      <xsl:with-param name="rows" select="e:class-count"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:classes[not(e:class-count)]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'classes'"/></xsl:call-template>
  </xsl:template>

  <!-- Decisions that depart from nothing are not listed one by one: their number opens the sums that it is made of. -->
  <xsl:template match="e:class-count" mode="row">
    <xsl:variable name="summed">
      <xsl:choose>
        <xsl:when test="../../e:tally"><xsl:value-of select="concat($here, '#tally')"/></xsl:when>
        <xsl:otherwise>data/tally.csv</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <tr>
      <th scope="row"><xsl:apply-templates select="@class" mode="badge"/></th>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="of" select="@of"/>
          <xsl:with-param name="page">
            <xsl:choose>
              <xsl:when test="@page"><xsl:value-of select="@page"/></xsl:when>
              <xsl:when test="@class = 'malformed'">s/index.html</xsl:when>
              <xsl:otherwise><xsl:value-of select="$summed"/></xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
        </xsl:call-template>
      </td>
      <td class="n"><xsl:value-of select="@share-text"/></td>
      <td class="bar-cell">
        <svg class="share" width="120" height="12" aria-hidden="true">
          <rect y="4" width="120" height="4"/>
          <xsl:if test="@of &gt; 0 and @n &gt; 0">
            <rect y="1" height="10">
              <xsl:attribute name="class">
                <xsl:text>share-</xsl:text>
                <xsl:choose>
                  <xsl:when test="@exception = 'true' or @exception = '1'">exception</xsl:when>
                  <xsl:otherwise>quiet</xsl:otherwise>
                </xsl:choose>
              </xsl:attribute>
              <xsl:attribute name="width">
                <xsl:choose>
                  <xsl:when test="@n &gt;= @of">120</xsl:when>
                  <xsl:when test="120 * @n div @of &lt; 1.5">1.5</xsl:when>
                  <xsl:otherwise><xsl:value-of select="format-number(120 * @n div @of, '0.##')"/></xsl:otherwise>
                </xsl:choose>
              </xsl:attribute>
            </rect>
          </xsl:if>
        </svg>
      </td>
      <td><xsl:apply-templates select="@exception" mode="badge"/></td>
      <td class="n">
        <xsl:choose>
          <xsl:when test="@indeterminate">
            <xsl:call-template name="number">
              <xsl:with-param name="n" select="@indeterminate"/>
              <xsl:with-param name="page" select="$summed"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>0</xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
