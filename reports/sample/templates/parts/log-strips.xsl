<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     When each log has records: a strip a log over the period, its holes hatched, and the holes as a table.
  INPUT       <log-strips>: places in thousandths of the period.
  MODES       body   the drawing, then the table     draw   one part of the drawing     row   one hole     hole-rows   all of a log
  NOTES       A column of names 250 wide, then 750 for the period. Height: 24 above, 28 a strip, 30 for the axis.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:log-strips" mode="body">
    <xsl:variable name="floor" select="28 * count(e:log-strip)"/>
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'log-strips.region'"/></xsl:call-template>
        </xsl:attribute>
        <svg class="log-strips" viewBox="0 0 1020 {$floor + 32}" width="1020" height="{$floor + 32}" role="img">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'log-strips.label'"/>
              <xsl:with-param name="a" select="string(@from-text)"/>
              <xsl:with-param name="b" select="string(@to-text)"/>
              <xsl:with-param name="c" select="format-number(count(e:log-strip/e:gap), '#,##0')"/>
            </xsl:call-template>
          </xsl:attribute>
          <defs>
            <pattern id="hatch-silence" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="log-ground" width="8" height="8"/><rect class="ink-gap" width="3" height="8"/>
            </pattern>
            <pattern id="hatch-shared" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="ink-shared" width="1.5" height="6"/><rect class="ink-shared" width="6" height="1.5"/>
            </pattern>
          </defs>
          <g transform="translate(10 4)">
            <g transform="translate(250 0)">
              <rect class="period" width="750" height="{$floor}"/>
              <xsl:apply-templates select="e:tick" mode="log"><xsl:with-param name="floor" select="$floor"/></xsl:apply-templates>
            </g>
            <xsl:apply-templates select="e:log-strip" mode="draw"/>
            <line class="axis" x1="250" y1="{$floor}" x2="1000" y2="{$floor}"/>
          </g>
        </svg>
      </div>
      <figcaption>
        <p><xsl:call-template name="label"><xsl:with-param name="id" select="'log-strips.caption'"/></xsl:call-template></p>
        <ul class="legend">
          <li>
            <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true"><rect class="log-run" x="1" y="3" width="32" height="12"/></svg>
            <xsl:text> </xsl:text>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'legend.log-run'"/></xsl:call-template>
          </li>
          <xsl:if test="e:log-strip/e:gap">
            <li>
              <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true">
                <rect class="log-hole" x="1" y="3" width="32" height="12" fill="url(#hatch-silence)"/>
              </svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="say">
                <xsl:with-param name="id" select="'legend.log-hole'"/>
                <xsl:with-param name="a" select="format-number(@hours-tolerated, '#,##0')"/>
              </xsl:call-template>
            </li>
          </xsl:if>
          <xsl:if test="e:log-strip/e:shared">
            <li>
              <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true">
                <rect class="log-run" x="1" y="3" width="32" height="12"/>
                <rect x="1" y="3" width="32" height="12" fill="url(#hatch-shared)"/>
              </svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="label"><xsl:with-param name="id" select="'legend.log-shared'"/></xsl:call-template>
            </li>
          </xsl:if>
        </ul>
        <xsl:apply-templates select="." mode="shown"/>
      </figcaption>
    </figure>
    <xsl:choose>
      <xsl:when test="e:log-strip[@name]/e:gap">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'log-holes'"/>
          <xsl:with-param name="rows" select="e:log-strip[@name]/e:gap"/>
        </xsl:call-template>
        <xsl:apply-templates select="e:log-strip[@name and @shown &lt; @of]" mode="room"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'log-holes'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:tick" mode="log">
    <xsl:param name="floor"/>
    <line class="tick" x1="{0.75 * @x}" y1="0" x2="{0.75 * @x}" y2="{$floor + 5}"/>
    <text class="tick-label" x="{0.75 * @x}" y="{$floor + 19}">
      <xsl:attribute name="text-anchor">
        <xsl:choose><xsl:when test="@x &gt; 940">end</xsl:when><xsl:when test="@x &lt; 60">start</xsl:when><xsl:otherwise>middle</xsl:otherwise></xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="@label"/>
    </text>
  </xsl:template>

  <!-- The run from first to last record, the holes cut out of it. The strip of all logs together has no name of its own. -->
  <xsl:template match="e:log-strip" mode="draw">
    <g transform="translate(0 {28 * (position() - 1)})">
      <text class="strip-name" x="0" y="19">
        <xsl:choose>
          <xsl:when test="@name"><xsl:value-of select="translate(@label, $direction-controls, '')"/></xsl:when>
          <xsl:otherwise>
            <xsl:attribute name="class">strip-title</xsl:attribute>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'log-strips.all'"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </text>
      <g transform="translate(250 0)">
        <rect class="log-run" x="{0.75 * @x}" y="7" height="14">
          <xsl:attribute name="width">
            <xsl:choose>
              <xsl:when test="@width &gt; 2"><xsl:value-of select="0.75 * @width"/></xsl:when>
              <xsl:otherwise>1.5</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </rect>
        <xsl:apply-templates select="e:shared" mode="draw"/>
        <xsl:apply-templates select="e:gap" mode="draw"/>
      </g>
    </g>
  </xsl:template>

  <xsl:template match="e:shared" mode="draw">
    <rect x="{0.75 * @x}" y="7" width="{0.75 * @width}" height="14" fill="url(#hatch-shared)"/>
  </xsl:template>

  <xsl:template match="e:gap" mode="draw">
    <xsl:variable name="width" select="0.75 * @width"/>
    <rect class="log-hole" x="{0.75 * @x}" y="4" width="{$width}" height="20" fill="url(#hatch-silence)"/>
    <xsl:if test="$width &gt; 8 * string-length(@length-text) + 14">
      <rect class="plate" x="{0.75 * @x + 4}" y="6" width="{7.6 * string-length(@length-text) + 6}" height="16" rx="2"/>
      <text class="bar-label" x="{0.75 * @x + 7}" y="18.5"><xsl:value-of select="@length-text"/></text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:gap" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="../@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="../@name"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <td><xsl:apply-templates select="." mode="span"/></td>
      <td class="n"><xsl:apply-templates select="@hours" mode="value"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:log-strip" mode="room">
    <p class="shown">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'log-strips.room'"/>
        <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="@name"/></bdi></xsl:with-param>
        <xsl:with-param name="b" select="format-number(@shown, '#,##0')"/>
        <xsl:with-param name="c" select="format-number(@of, '#,##0')"/>
      </xsl:call-template>
    </p>
  </xsl:template>

</xsl:stylesheet>
