<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Decisions by day or week: all of them as bars, then a strip for each class of exceptions; and the same as a table.
  INPUT       <days>: places and heights in thousandths. <slot> is a day or a week of the drawing, <day> a row of the table.
              <holes> of the same document, for their table.
  MODES       body   the drawing     rows   the table     row   a day, a hole     draw   one part of the drawing
  NOTES       Height: 186 for the bars of all decisions, then 56 a strip. Each strip has a scale of its own, and says it.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:days" mode="body">
    <xsl:variable name="height" select="170 + 56 * count(e:strip)"/>
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="concat('days.region.', @drawn)"/></xsl:call-template>
        </xsl:attribute>
        <svg class="days" viewBox="0 0 1020 {$height + 20}" width="1020" height="{$height + 20}" role="img">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="concat('days.label.', @drawn)"/>
              <xsl:with-param name="a" select="string(e:slot[1]/@date)"/>
              <xsl:with-param name="b" select="string(e:slot[last()]/@date)"/>
              <xsl:with-param name="c" select="format-number(@judged, '#,##0')"/>
              <xsl:with-param name="d" select="format-number(@exceptions, '#,##0')"/>
            </xsl:call-template>
          </xsl:attribute>
          <defs>
            <pattern id="hatch-hole" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="ink-gap" width="2.5" height="8"/>
            </pattern>
            <pattern id="hatch-exception" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="ink-exception" width="2" height="6"/>
            </pattern>
          </defs>
          <g transform="translate(10 10)">
            <text class="tick-label" x="0" y="5">
              <xsl:call-template name="label"><xsl:with-param name="id" select="concat('days.all.', @drawn)"/></xsl:call-template>
            </text>
            <xsl:apply-templates select="e:slot[@most][1]" mode="most"/>
            <line class="tick" x1="0" y1="14" x2="1000" y2="14"/>
            <xsl:apply-templates select="e:tick" mode="grid"><xsl:with-param name="floor" select="$height - 16"/></xsl:apply-templates>
            <xsl:apply-templates select="e:slot[@state = 'no-log' or @state = 'not-in-force']" mode="quiet">
              <xsl:with-param name="height" select="$height - 30"/>
            </xsl:apply-templates>
            <xsl:apply-templates select="e:slot" mode="draw"/>
            <line class="axis" x1="0" y1="140" x2="1000" y2="140"/>
            <xsl:apply-templates select="e:strip" mode="draw"/>
            <xsl:apply-templates select="e:tick" mode="date"><xsl:with-param name="floor" select="$height - 16"/></xsl:apply-templates>
          </g>
        </svg>
      </div>
      <figcaption>
        <ul class="legend">
          <xsl:call-template name="sample-day"><xsl:with-param name="kind" select="'day'"/></xsl:call-template>
          <xsl:if test="e:slot[@exceptions &gt; 0]">
            <xsl:call-template name="sample-day"><xsl:with-param name="kind" select="'day-exception'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:slot[@state = 'empty']">
            <li>
              <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><circle class="day-empty" cx="9" cy="9" r="3.5"/></svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="label"><xsl:with-param name="id" select="concat('legend.empty.', @drawn)"/></xsl:call-template>
            </li>
          </xsl:if>
          <xsl:if test="e:slot[@state = 'no-log']">
            <li>
              <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true">
                <rect x="1" y="1" width="32" height="16" fill="url(#hatch-hole)"/>
              </svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="label"><xsl:with-param name="id" select="concat('legend.no-log.', @drawn)"/></xsl:call-template>
            </li>
          </xsl:if>
          <xsl:if test="e:slot[@state = 'not-in-force']">
            <li>
              <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true"><rect class="day-apart" x="1" y="1" width="32" height="16"/></svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="label"><xsl:with-param name="id" select="'legend.not-in-force'"/></xsl:call-template>
            </li>
          </xsl:if>
        </ul>
        <xsl:if test="e:strip">
          <p><xsl:call-template name="label"><xsl:with-param name="id" select="concat('days.caption.', @drawn)"/></xsl:call-template></p>
        </xsl:if>
        <xsl:apply-templates select="." mode="shown"/>
      </figcaption>
    </figure>
  </xsl:template>

  <xsl:template match="e:days[not(e:day)]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'days'"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="sample-day">
    <xsl:param name="kind"/>
    <li>
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
        <rect class="{$kind}" x="4" y="1" width="10" height="16"/>
        <xsl:if test="$kind = 'day-exception'"><rect x="4" y="1" width="10" height="16" fill="url(#hatch-exception)"/></xsl:if>
      </svg>
      <xsl:text> </xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('legend.', $kind)"/></xsl:call-template>
    </li>
  </xsl:template>

  <!-- Dates: a line through everything, and a name below. -->

  <xsl:template match="e:tick" mode="grid">
    <xsl:param name="floor"/>
    <line class="tick" x1="{@x}" y1="14" x2="{@x}" y2="{$floor + 4}"/>
  </xsl:template>

  <xsl:template match="e:tick" mode="date">
    <xsl:param name="floor"/>
    <text class="tick-label" x="{@x}" y="{$floor + 19}">
      <xsl:value-of select="@label"/>
    </text>
  </xsl:template>

  <xsl:template match="e:slot" mode="most">
    <text class="tick-label" x="1000" y="5" text-anchor="end">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('days.fullest.', ../@drawn)"/>
        <xsl:with-param name="a" select="format-number(@judged, '#,##0')"/>
        <xsl:with-param name="b" select="string(@date)"/>
      </xsl:call-template>
    </text>
  </xsl:template>

  <!-- Exceptions stand at the foot of the bar that holds them, hatched. A day without a decision has a ring on the axis. -->
  <xsl:template match="e:slot" mode="draw">
    <xsl:variable name="x" select="@x + 0.06 * @width"/>
    <xsl:variable name="width" select="format-number(0.88 * @width, '0.##')"/>
    <g>
      <title>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="concat('days.one.', ../@drawn)"/>
          <xsl:with-param name="a" select="string(@date)"/>
          <xsl:with-param name="b" select="format-number(@judged, '#,##0')"/>
          <xsl:with-param name="c" select="format-number(@exceptions, '#,##0')"/>
        </xsl:call-template>
      </title>
      <rect class="day" x="{$x}" y="{140 - 0.126 * @height}" width="{$width}" height="{0.126 * @height}"/>
      <xsl:if test="@exceptions &gt; 0">
        <rect class="day-exception" x="{$x}" y="{140 - 0.126 * @exception-height}" width="{$width}" height="{0.126 * @exception-height}"/>
        <rect x="{$x}" y="{140 - 0.126 * @exception-height}" width="{$width}" height="{0.126 * @exception-height}" fill="url(#hatch-exception)"/>
      </xsl:if>
    </g>
  </xsl:template>

  <xsl:template match="e:slot[@state]" mode="draw"/>

  <xsl:template match="e:slot[@state = 'empty']" mode="draw">
    <circle class="day-empty" cx="{@x + @width div 2}" cy="133" r="3.5"/>
  </xsl:template>

  <xsl:template match="e:slot" mode="quiet">
    <xsl:param name="height"/>
    <rect x="{@x}" y="14" width="{@width}" height="{$height}">
      <xsl:choose>
        <xsl:when test="@state = 'no-log'"><xsl:attribute name="fill">url(#hatch-hole)</xsl:attribute></xsl:when>
        <xsl:otherwise><xsl:attribute name="class">day-apart</xsl:attribute></xsl:otherwise>
      </xsl:choose>
    </rect>
  </xsl:template>

  <!-- A class: its name, how many, and how high the highest bar is; the bars are one path. -->
  <xsl:template match="e:strip" mode="draw">
    <g transform="translate(0 {140 + 56 * count(preceding-sibling::e:strip)})">
      <text class="strip-title" x="0" y="20">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="concat('days.strip.', ../@drawn)"/>
          <xsl:with-param name="a">
            <xsl:call-template name="word">
              <xsl:with-param name="kind" select="'class'"/>
              <xsl:with-param name="value" select="@class"/>
            </xsl:call-template>
          </xsl:with-param>
          <xsl:with-param name="b" select="format-number(@n, '#,##0')"/>
          <xsl:with-param name="c" select="format-number(@most, '#,##0')"/>
          <xsl:with-param name="n" select="@slots"/>
        </xsl:call-template>
      </text>
      <path class="strip-bars">
        <xsl:attribute name="d"><xsl:apply-templates select="e:bar" mode="draw"/></xsl:attribute>
      </path>
      <line class="axis" x1="0" y1="56" x2="1000" y2="56"/>
    </g>
  </xsl:template>

  <xsl:template match="e:strip/e:bar" mode="draw">
    <xsl:variable name="width" select="format-number(0.88 * @width, '0.##')"/>
    <xsl:variable name="height" select="format-number(3 + 0.025 * @height, '0.#')"/>
    <xsl:value-of select="concat('M', @x + 0.06 * @width, ' 56v-', $height, 'h', $width, 'v', $height, 'z')"/>
  </xsl:template>

  <!-- The table -->

  <xsl:template match="e:days" mode="rows">
    <xsl:call-template name="table">
      <xsl:with-param name="id">
        <xsl:choose><xsl:when test="@unit = 'week'">weeks</xsl:when><xsl:otherwise>days</xsl:otherwise></xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="rows" select="e:day"/>
    </xsl:call-template>
    <xsl:apply-templates select="." mode="shown"/>
  </xsl:template>

  <xsl:template match="e:days[not(e:day)]" mode="rows">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'days'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:day" mode="row">
    <tr>
      <th scope="row"><time datetime="{@date}"><xsl:value-of select="@date"/></time></th>
      <td class="n"><xsl:apply-templates select="@judged" mode="value"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </td>
      <td>
        <xsl:apply-templates select="e:part" mode="row"/>
        <xsl:if test="@state">
          <xsl:call-template name="badge">
            <xsl:with-param name="kind" select="concat(../@unit, '-state')"/>
            <xsl:with-param name="value" select="@state"/>
          </xsl:call-template>
        </xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:part" mode="row">
    <xsl:if test="position() &gt; 1"><xsl:text>; </xsl:text></xsl:if>
    <xsl:apply-templates select="@n" mode="value"/>
    <xsl:text> × </xsl:text>
    <xsl:call-template name="word">
      <xsl:with-param name="kind" select="'class'"/>
      <xsl:with-param name="value" select="@class"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:hole" mode="row">
    <tr id="{@anchor}">
      <td><xsl:apply-templates select="." mode="span"/></td>
      <td class="n"><xsl:apply-templates select="@hours" mode="value"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
