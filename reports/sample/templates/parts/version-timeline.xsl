<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Policy versions over time, in inline SVG: where each came into force, and when it was recorded.
  INPUT       <version-timeline>: places in thousandths of the time shown.
  MODES       body   the drawing with its legend     draw   one part of it     ways   changes by direction, as signs
              row    one column in the table
  NOTES       The table of versions on the same page, or of columns below, says the same; for a screen reader it is one
              picture with one description. Heights: bars at 62, records at 132, axis at 160.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:version-timeline" mode="body">
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'version-timeline.region'"/></xsl:call-template>
        </xsl:attribute>
        <svg class="timeline" viewBox="0 0 1020 194" width="1020" height="194" role="img">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'version-timeline.label'"/>
              <xsl:with-param name="a" select="string(@from-text)"/>
              <xsl:with-param name="b" select="string(@to-text)"/>
              <xsl:with-param name="c" select="format-number(@shown, '#,##0')"/>
            </xsl:call-template>
          </xsl:attribute>
          <defs>
            <pattern id="hatch-without" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="ink-gap" width="3" height="8"/>
            </pattern>
          </defs>
          <g transform="translate(10 0)">
            <rect class="period" x="{@period-x}" y="22" width="{@period-width}" height="138"/>
            <xsl:apply-templates select="e:tick" mode="draw-below"/>
            <xsl:if test="@period-width &gt; 0">
              <line class="bound" x1="{@period-x}" y1="8" x2="{@period-x}" y2="160"/>
              <line class="bound" x1="{@period-x + @period-width}" y1="8" x2="{@period-x + @period-width}" y2="160"/>
              <text class="bound-label" y="16">
                <xsl:choose>
                  <xsl:when test="@period-x &gt; 850">
                    <xsl:attribute name="x"><xsl:value-of select="@period-x - 6"/></xsl:attribute>
                    <xsl:attribute name="text-anchor">end</xsl:attribute>
                  </xsl:when>
                  <xsl:otherwise><xsl:attribute name="x"><xsl:value-of select="@period-x + 6"/></xsl:attribute></xsl:otherwise>
                </xsl:choose>
                <xsl:call-template name="label"><xsl:with-param name="id" select="'timeline.period'"/></xsl:call-template>
              </text>
            </xsl:if>
            <line class="axis" x1="0" y1="160" x2="1000" y2="160"/>
            <xsl:apply-templates select="e:without-policy" mode="draw"/>
            <xsl:apply-templates select="e:moment" mode="draw"/>
            <!-- Records lie above bars, so that no bar hides one. -->
            <xsl:apply-templates select="e:moment[@recorded-x]" mode="record"/>
            <xsl:apply-templates select="e:versions-column" mode="draw"/>
          </g>
        </svg>
      </div>
      <figcaption>
        <p>
          <xsl:call-template name="say">
            <xsl:with-param name="id">
              <xsl:text>version-timeline.caption</xsl:text>
              <xsl:choose>
                <xsl:when test="@weeks">.counted</xsl:when>
                <xsl:when test="/e:version">.one</xsl:when>
              </xsl:choose>
            </xsl:with-param>
            <xsl:with-param name="a" select="format-number(@shown, '#,##0')"/>
            <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
            <xsl:with-param name="c">
              <xsl:call-template name="say">
                <xsl:with-param name="id" select="'version-timeline.weeks'"/>
                <xsl:with-param name="n" select="@weeks"/>
                <xsl:with-param name="a" select="string(@weeks)"/>
              </xsl:call-template>
            </xsl:with-param>
          </xsl:call-template>
        </p>
        <ul class="legend">
          <xsl:if test="e:moment"><xsl:call-template name="version-legend"><xsl:with-param name="kind" select="'force'"/></xsl:call-template></xsl:if>
          <xsl:if test="e:moment[@marked]"><xsl:call-template name="version-legend"><xsl:with-param name="kind" select="'marked'"/></xsl:call-template></xsl:if>
          <xsl:if test="e:moment[@effect-order = 'after' or @effect-order = 'at']"><xsl:call-template name="version-legend"><xsl:with-param name="kind" select="'ahead'"/></xsl:call-template></xsl:if>
          <xsl:if test="e:moment[@effect-order = 'before']"><xsl:call-template name="version-legend"><xsl:with-param name="kind" select="'backdated'"/></xsl:call-template></xsl:if>
          <xsl:if test="e:without-policy"><xsl:call-template name="version-legend"><xsl:with-param name="kind" select="'without'"/></xsl:call-template></xsl:if>
          <xsl:if test="e:moment[@looser &gt; 0 or @stricter &gt; 0 or @unknown &gt; 0 or @neutral &gt; 0]">
            <li><xsl:call-template name="label"><xsl:with-param name="id" select="'version-timeline.ways'"/></xsl:call-template></li>
          </xsl:if>
        </ul>
      </figcaption>
    </figure>
    <xsl:if test="e:versions-column">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'version-columns'"/>
        <xsl:with-param name="rows" select="e:versions-column"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:tick" mode="draw-below">
    <line class="tick" x1="{@x}" y1="22" x2="{@x}" y2="166"/>
    <text class="tick-label" x="{@x}" y="183">
      <xsl:attribute name="text-anchor">
        <xsl:choose>
          <xsl:when test="@x &lt; 30">start</xsl:when>
          <xsl:when test="@x &gt; 960">end</xsl:when>
          <xsl:otherwise>middle</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="translate(@label, $direction-controls, '')"/>
    </text>
  </xsl:template>

  <xsl:template match="e:without-policy" mode="draw">
    <g class="bar bar-gap">
      <rect class="ground" x="{@x}" y="62.75" width="{@width}" height="24.5" rx="2"/>
      <rect x="{@x}" y="62.75" width="{@width}" height="24.5" rx="2" fill="url(#hatch-without)"/>
    </g>
  </xsl:template>

  <!-- A version: its time in force; where it began, a tick and what its changes do. -->
  <xsl:template match="e:moment" mode="draw">
    <xsl:variable name="label" select="translate(@label, $direction-controls, '')"/>
    <g>
      <xsl:attribute name="class">
        <xsl:text>bar bar-version</xsl:text>
        <xsl:if test="@marked"> marked</xsl:if>
      </xsl:attribute>
      <title><xsl:apply-templates select="." mode="title-words"/></title>
      <xsl:if test="@readable = 'true' or @readable = '1'">
        <rect class="ground" x="{@x + 0.75}" y="62.75" height="24.5" rx="2">
          <xsl:attribute name="width">
            <xsl:choose>
              <xsl:when test="@width &gt; 3"><xsl:value-of select="@width - 1.5"/></xsl:when>
              <xsl:otherwise>1.5</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </rect>
        <xsl:if test="@width &gt; 8 * string-length($label) + 14">
          <text class="bar-label" x="{@x + 10}" y="79.5"><xsl:value-of select="$label"/></text>
        </xsl:if>
      </xsl:if>
      <xsl:if test="@started">
        <line class="mark-stem" x1="{@x}" y1="56" x2="{@x}" y2="94"/>
        <xsl:variable name="ways"><xsl:apply-templates select="@looser | @stricter | @unknown | @neutral" mode="ways"/></xsl:variable>
        <xsl:if test="7.5 * string-length($ways) &lt; @width + 6">
          <text class="ways" x="{@x - 2}" y="50"><xsl:value-of select="$ways"/></text>
        </xsl:if>
      </xsl:if>
    </g>
  </xsl:template>

  <xsl:template match="@*" mode="ways"/>
  <xsl:template match="@*[. &gt; 0]" mode="ways">
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.direction.', local-name())"/></xsl:call-template>
    <xsl:value-of select="format-number(., '#,##0')"/>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- The record: joined to the instant of effect; how far they lie apart is the lead, or the backdating. -->
  <xsl:template match="e:moment" mode="record">
    <g>
      <xsl:attribute name="class">
        <xsl:text>record</xsl:text>
        <xsl:if test="@effect-order = 'before'"> late</xsl:if>
        <xsl:if test="@marked"> marked</xsl:if>
      </xsl:attribute>
      <title><xsl:apply-templates select="." mode="title-words"/></title>
      <xsl:if test="@started"><line class="thread" x1="{@x}" y1="94" x2="{@recorded-x}" y2="132"/></xsl:if>
      <xsl:if test="not(@recorded-at-edge)">
        <g transform="translate({@recorded-x} 132)"><xsl:apply-templates select="@effect-order" mode="record"/></g>
      </xsl:if>
    </g>
  </xsl:template>

  <xsl:template match="@effect-order" mode="record"><circle class="seal" r="4.5"/></xsl:template>
  <xsl:template match="@effect-order[. = 'before']" mode="record"><path class="seal" d="M0 -6 L6 0 L0 6 L-6 0 Z"/></xsl:template>

  <xsl:template match="e:moment" mode="title-words">
    <xsl:call-template name="say">
      <xsl:with-param name="id">
        <xsl:text>version-timeline.title</xsl:text>
        <xsl:if test="not(@recorded)">.unrecorded</xsl:if>
      </xsl:with-param>
      <xsl:with-param name="a" select="translate(@version, $direction-controls, '')"/>
      <xsl:with-param name="b" select="string(@effective-text)"/>
      <xsl:with-param name="c" select="string(@recorded-text)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Columns of many versions: as high as there are versions. -->
  <xsl:template match="e:versions-column" mode="draw">
    <g class="bar bar-version">
      <title>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'version-timeline.column'"/>
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="a" select="format-number(@n, '#,##0')"/>
          <xsl:with-param name="b" select="string(@date-text)"/>
        </xsl:call-template>
      </title>
      <rect class="ground" x="{@x + 0.5}" y="{160 - 0.11 * @height}" height="{0.11 * @height}">
        <xsl:attribute name="width">
          <xsl:choose>
            <xsl:when test="@width &gt; 2"><xsl:value-of select="@width - 1"/></xsl:when>
            <xsl:otherwise>1</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </rect>
      <xsl:if test="@width &gt; 18">
        <text class="tick-label column-label" text-anchor="middle" x="{@x + 0.5 * @width}" y="{155 - 0.11 * @height}"><xsl:value-of select="@n"/></text>
      </xsl:if>
    </g>
  </xsl:template>

  <xsl:template match="e:versions-column" mode="row">
    <tr>
      <th scope="row"><xsl:value-of select="@date-text"/></th>
      <td class="n"><xsl:apply-templates select="@n" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@looser" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@stricter" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@neutral" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@unknown" mode="value"/></td>
      <td class="n"><xsl:value-of select="format-number(@backdated, '#,##0')"/></td>
      <td>
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@first-version"/></bdi></xsl:with-param>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template name="version-legend">
    <xsl:param name="kind"/>
    <li>
      <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true">
        <xsl:choose>
          <xsl:when test="$kind = 'ahead'">
            <g class="record"><line class="thread" x1="30" y1="1" x2="8" y2="12"/><circle class="seal" cx="7" cy="12" r="4.5"/></g>
          </xsl:when>
          <xsl:when test="$kind = 'backdated'">
            <g class="record late"><line class="thread" x1="4" y1="1" x2="26" y2="11"/><path class="seal" d="M27 5 L33 11 L27 17 L21 11 Z"/></g>
          </xsl:when>
          <xsl:when test="$kind = 'without'">
            <g class="bar bar-gap"><rect class="ground" x="1" y="1" width="32" height="16" rx="2"/><rect x="1" y="1" width="32" height="16" rx="2" fill="url(#hatch-without)"/></g>
          </xsl:when>
          <xsl:when test="$kind = 'marked'">
            <g class="bar bar-version marked"><rect class="ground" x="1" y="1" width="32" height="16" rx="2"/></g>
          </xsl:when>
          <xsl:otherwise>
            <g class="bar bar-version"><rect class="ground" x="1" y="1" width="32" height="16" rx="2"/></g>
          </xsl:otherwise>
        </xsl:choose>
      </svg>
      <xsl:text> </xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('version-timeline.legend.', $kind)"/></xsl:call-template>
    </li>
  </xsl:template>

</xsl:stylesheet>
