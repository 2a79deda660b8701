<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     How much stands on few models, providers, places and rules: tables whose last column draws each row.
  INPUT       <concentration>: <shares> of what was served, <ranking> of rules; places in thousandths.
  MODES       body   the tables     row   one name, one rule
  NOTES       The drawing of a row says what the row says, so it is hidden from a screen reader.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:concentration" mode="body">
    <p class="answer">
      <xsl:apply-templates select="@result" mode="badge"/>
      <xsl:text> </xsl:text>
      <a href="{$up}{@check-page}"><bdi class="id"><xsl:value-of select="@check"/></bdi></a>
      <xsl:text>. </xsl:text>
      <xsl:choose>
        <xsl:when test="@limit">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'concentration.limit'"/>
            <xsl:with-param name="a" select="format-number(100 * @limit, '0.#')"/>
            <xsl:with-param name="b"><bdi><xsl:value-of select="@set-by"/></bdi></xsl:with-param>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="label"><xsl:with-param name="id" select="'concentration.no-limit'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </p>
    <xsl:apply-templates select="e:shares" mode="body"/>
    <xsl:apply-templates select="e:ranking" mode="body"/>
  </xsl:template>

  <xsl:template match="e:shares" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="concat('shares-', @kind)"/>
      <xsl:with-param name="rows" select="e:share"/>
    </xsl:call-template>
    <xsl:if test="@shown &lt; @of">
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'concentration.shown'"/>
          <xsl:with-param name="a" select="format-number(@shown, '#,##0')"/>
          <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
        </xsl:call-template>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:share" mode="row">
    <tr>
      <th scope="row">
        <xsl:choose>
          <xsl:when test="@name"><bdi class="id"><xsl:value-of select="@name"/></bdi></xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="concat('concentration.', @kind, '.', ../@kind)"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </th>
      <xsl:call-template name="slice"><xsl:with-param name="slice" select="e:slice[@kind = 'all']"/></xsl:call-template>
      <xsl:call-template name="slice"><xsl:with-param name="slice" select="e:slice[@kind = 'sensitive']"/></xsl:call-template>
      <xsl:call-template name="slice"><xsl:with-param name="slice" select="e:slice[@kind = 'tools']"/></xsl:call-template>
    </tr>
  </xsl:template>

  <!-- A slice that holds nothing at all has no shares. -->
  <xsl:template name="slice">
    <xsl:param name="slice"/>
    <td class="bar-cell">
      <xsl:apply-templates select="$slice" mode="row"/>
      <xsl:if test="not($slice)">
        <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'concentration.no-slice'"/></xsl:call-template></span>
      </xsl:if>
    </td>
  </xsl:template>

  <xsl:template match="e:slice" mode="row">
    <div>
      <xsl:call-template name="amount">
        <xsl:with-param name="n" select="@n"/>
        <xsl:with-param name="of" select="@of"/>
      </xsl:call-template>
      <xsl:text>, </xsl:text>
      <xsl:value-of select="@share-text"/>
    </div>
    <svg class="share share-wide" viewBox="0 0 204 16" width="204" height="16" aria-hidden="true">
      <rect x="2" y="6" width="200" height="4"/>
      <xsl:if test="@n &gt; 0">
        <rect x="2" y="3" height="10">
          <xsl:attribute name="class">share-<xsl:choose>
            <xsl:when test="@above = 'true' or @above = '1'">exception</xsl:when>
            <xsl:otherwise>quiet</xsl:otherwise>
          </xsl:choose></xsl:attribute>
          <xsl:attribute name="width">
            <xsl:choose>
              <xsl:when test="@width &gt; 7.5"><xsl:value-of select="0.2 * @width"/></xsl:when>
              <xsl:otherwise>1.5</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </rect>
      </xsl:if>
      <xsl:if test="../../../@limit-x"><line class="bound" x1="{2 + 0.2 * ../../../@limit-x}" y1="0" x2="{2 + 0.2 * ../../../@limit-x}" y2="16"/></xsl:if>
    </svg>
    <xsl:if test="@above = 'true' or @above = '1'">
      <xsl:call-template name="badge">
        <xsl:with-param name="kind" select="'above'"/>
        <xsl:with-param name="value" select="'true'"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Rules in order of weight: each bar begins where the one above it ends, and the line is at nine tenths. -->
  <xsl:template match="e:ranking" mode="body">
    <h3>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('ranking.', @kind)"/>
        <xsl:with-param name="n" select="@heads"/>
        <xsl:with-param name="a" select="format-number(@heads, '#,##0')"/>
        <xsl:with-param name="b" select="format-number(@rules, '#,##0')"/>
        <xsl:with-param name="c" select="format-number(@n, '#,##0')"/>
      </xsl:call-template>
    </h3>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="concat('ranking-', @kind)"/>
      <xsl:with-param name="rows" select="e:rank"/>
    </xsl:call-template>
    <xsl:if test="@shown &lt; @of">
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'concentration.shown'"/>
          <xsl:with-param name="a" select="format-number(@shown, '#,##0')"/>
          <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
        </xsl:call-template>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:rank" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@rule"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="of" select="@of"/>
          <xsl:with-param name="page" select="concat(@page, '#tally')"/>
        </xsl:call-template>
      </td>
      <td class="n"><xsl:apply-templates select="@cumulative" mode="value"/></td>
      <td class="n"><xsl:value-of select="@share-text"/></td>
      <td class="bar-cell">
        <svg class="share share-wide" viewBox="0 0 304 16" width="304" height="16" aria-hidden="true">
          <rect x="2" y="6" width="300" height="4"/>
          <rect class="share-before" x="2" y="6" width="{0.3 * @x}" height="4"/>
          <rect class="share-quiet" x="{2 + 0.3 * @x}" y="3" height="10">
            <xsl:attribute name="width">
              <xsl:choose>
                <xsl:when test="@width &gt; 5"><xsl:value-of select="0.3 * @width"/></xsl:when>
                <xsl:otherwise>1.5</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </rect>
          <line class="bound" x1="272" y1="0" x2="272" y2="16"/>
        </svg>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
