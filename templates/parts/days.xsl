<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Decisions a day, drawn and as a table; hours without a record drawn as hatched stretches.
  INPUT       <days> (places and heights in thousandths); <holes> of the same document, when it has them.
  MODES       body   the drawing     row    a day as a table row     draw   a bar, a hole
  NOTES       Holes carry instants and no place: they find theirs through the key `day`.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:key name="day" match="e:day" use="@date"/>

  <xsl:template match="e:days" mode="body">
    <xsl:variable name="fullest" select="e:day[@height = 1000][1]"/>
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="say"><xsl:with-param name="id" select="'days.region'"/></xsl:call-template>
        </xsl:attribute>
        <svg class="days" viewBox="0 0 1020 190" width="1020" height="190" role="img">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'days.label'"/>
              <xsl:with-param name="a" select="string(e:day[1]/@date)"/>
              <xsl:with-param name="b" select="string(e:day[last()]/@date)"/>
              <xsl:with-param name="c" select="format-number(sum(e:day/@judged), '#,##0')"/>
              <xsl:with-param name="d" select="format-number(sum(e:day/@exceptions), '#,##0')"/>
            </xsl:call-template>
          </xsl:attribute>
          <defs>
            <pattern id="hatch-hole" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="ink-gap" width="3" height="8"/>
            </pattern>
          </defs>
          <g transform="translate(10 10)">
            <line class="tick" x1="0" y1="12" x2="1000" y2="12"/>
            <xsl:if test="$fullest">
              <text class="tick-label" x="1000" y="7" text-anchor="end">
                <xsl:call-template name="say">
                  <xsl:with-param name="id" select="'days.fullest'"/>
                  <xsl:with-param name="a" select="format-number($fullest/@judged, '#,##0')"/>
                  <xsl:with-param name="b" select="string($fullest/@date)"/>
                </xsl:call-template>
              </text>
            </xsl:if>
            <!-- The first of each month; of each quarter where months would stand too close. -->
            <xsl:apply-templates select="e:day[substring(@date, string-length(@date) - 1) = '01'
                and (count(../e:day) &lt; 200 or (substring(@date, string-length(@date) - 4, 2) - 1) mod 3 = 0)]" mode="tick"/>
            <xsl:apply-templates select="../e:holes/e:hole" mode="draw"/>
            <xsl:apply-templates select="e:day" mode="draw"/>
            <line class="axis" x1="0" y1="152" x2="1000" y2="152"/>
          </g>
        </svg>
      </div>
      <figcaption>
        <ul class="legend">
          <li>
            <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
              <rect class="day" x="4" y="1" width="10" height="16"/>
            </svg>
            <xsl:text> </xsl:text>
            <xsl:call-template name="say"><xsl:with-param name="id" select="'legend.day'"/></xsl:call-template>
          </li>
          <li>
            <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
              <rect class="day-exception" x="4" y="1" width="10" height="16"/>
            </svg>
            <xsl:text> </xsl:text>
            <xsl:call-template name="say"><xsl:with-param name="id" select="'legend.day-exception'"/></xsl:call-template>
          </li>
          <xsl:if test="../e:holes/e:hole">
            <li>
              <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true">
                <g class="bar bar-gap">
                  <rect class="ground" x="1" y="1" width="32" height="16"/>
                  <rect x="1" y="1" width="32" height="16" fill="url(#hatch-hole)"/>
                </g>
              </svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="say"><xsl:with-param name="id" select="'legend.hole'"/></xsl:call-template>
            </li>
          </xsl:if>
        </ul>
        <xsl:apply-templates select="." mode="shown"/>
      </figcaption>
    </figure>
  </xsl:template>

  <xsl:template match="e:days[not(e:day)]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'days'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:day" mode="tick">
    <line class="tick" x1="{@x}" y1="12" x2="{@x}" y2="158"/>
    <text class="tick-label" y="173">
      <xsl:attribute name="x"><xsl:value-of select="@x"/></xsl:attribute>
      <xsl:attribute name="text-anchor">
        <xsl:choose><xsl:when test="@x &gt; 940">end</xsl:when><xsl:otherwise>start</xsl:otherwise></xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="@date"/>
    </text>
  </xsl:template>

  <!-- Exceptions stand at the foot of the bar that holds them. -->
  <xsl:template match="e:day" mode="draw">
    <g>
      <title>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'days.one'"/>
          <xsl:with-param name="a" select="string(@date)"/>
          <xsl:with-param name="b" select="format-number(@judged, '#,##0')"/>
          <xsl:with-param name="c" select="format-number(@exceptions, '#,##0')"/>
        </xsl:call-template>
      </title>
      <rect class="day" x="{@x}" y="{152 - 0.14 * @height}" width="{@width}" height="{0.14 * @height}"/>
      <xsl:if test="@exceptions &gt; 0">
        <rect class="day-exception" x="{@x}" y="{152 - 0.14 * @exception-height}" width="{@width}" height="{0.14 * @exception-height}"/>
      </xsl:if>
    </g>
  </xsl:template>

  <xsl:template match="e:hole" mode="draw">
    <xsl:variable name="first" select="key('day', substring-before(@from, 'T'))"/>
    <xsl:variable name="last" select="key('day', substring-before(@to, 'T'))"/>
    <xsl:variable name="days" select="/*/e:days/e:day"/>
    <!-- A hole may begin before the first day that is drawn, and end after the last. -->
    <xsl:if test="translate(substring-before(@from, 'T'), '-', '') &lt;= translate($days[last()]/@date, '-', '')
        and translate(substring-before(@to, 'T'), '-', '') &gt;= translate($days[1]/@date, '-', '')">
      <xsl:variable name="left">
        <xsl:choose>
          <xsl:when test="$first">
            <xsl:value-of select="$first/@x + $first/@width * substring(substring-after(@from, 'T'), 1, 2) div 24"/>
          </xsl:when>
          <xsl:otherwise>0</xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="right">
        <xsl:choose>
          <xsl:when test="$last">
            <xsl:value-of select="$last/@x + $last/@width * substring(substring-after(@to, 'T'), 1, 2) div 24"/>
          </xsl:when>
          <xsl:otherwise>1000</xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <g class="bar bar-gap">
        <rect class="ground" x="{$left}" y="12" width="{$right - $left}" height="140"/>
        <rect x="{$left}" y="12" width="{$right - $left}" height="140" fill="url(#hatch-hole)"/>
      </g>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:day" mode="row">
    <tr>
      <th scope="row"><time datetime="{@date}"><xsl:value-of select="@date"/></time></th>
      <td class="n"><xsl:apply-templates select="@judged" mode="value"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="page" select="'d/index.html#by-time'"/>
        </xsl:call-template>
      </td>
      <td>
        <xsl:if test="@judged = 0">
          <xsl:call-template name="badge">
            <xsl:with-param name="kind" select="'day'"/>
            <xsl:with-param name="value" select="'empty'"/>
          </xsl:call-template>
        </xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:hole" mode="row">
    <tr id="{@anchor}">
      <td><xsl:apply-templates select="." mode="span"/></td>
      <td class="n"><xsl:apply-templates select="@hours" mode="value"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
