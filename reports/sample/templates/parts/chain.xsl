<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The chain of packs: which pack came before which, by digest, and where one is missing.
  INPUT       <chain> with <earlier-pack>, the latest first; the pack that the page belongs to stands in <context>.
  MODES       body   the drawing and the table     draw   one column of the drawing     row   one pack
  NOTES       The drawing shows the latest eight; the table has them all.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:chain" mode="body">
    <xsl:variable name="drawn" select="e:earlier-pack[position() &lt;= 8]"/>
    <!-- A few columns stand close together; many share the width. -->
    <xsl:variable name="width" select="120 - (120 - 720 div (count($drawn) + 1)) * (count($drawn) &gt; 5)"/>
    <xsl:variable name="right" select="$width * (count($drawn) + 1)"/>
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'chain.region'"/></xsl:call-template>
        </xsl:attribute>
        <svg class="chain" viewBox="0 0 720 176" width="720" height="176" role="img">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'chain.label'"/>
              <xsl:with-param name="a" select="translate($context/@period, $direction-controls, '')"/>
              <xsl:with-param name="b" select="string(@share-text)"/>
              <xsl:with-param name="c" select="string(e:earlier-pack[1]/@share-text)"/>
            </xsl:call-template>
          </xsl:attribute>
          <line class="axis" x1="0" y1="146" x2="{format-number($right, '0.#')}" y2="146"/>
          <xsl:apply-templates select="$drawn" mode="draw">
            <xsl:with-param name="width" select="$width"/>
            <xsl:with-param name="right" select="$right"/>
          </xsl:apply-templates>
          <xsl:apply-templates select="." mode="column">
            <xsl:with-param name="x" select="$right - $width"/>
            <xsl:with-param name="width" select="$width"/>
            <xsl:with-param name="name" select="string($context/@period)"/>
          </xsl:apply-templates>
        </svg>
      </div>
      <figcaption><p><xsl:call-template name="label"><xsl:with-param name="id" select="'chain.caption'"/></xsl:call-template></p></figcaption>
    </figure>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'chain'"/>
      <xsl:with-param name="rows" select="e:earlier-pack"/>
    </xsl:call-template>
    <xsl:if test="@cut = 'true' or @cut = '1'">
      <p class="shown"><xsl:call-template name="label"><xsl:with-param name="id" select="'chain.cut'"/></xsl:call-template></p>
    </xsl:if>
  </xsl:template>

  <!-- The latest stands on the right; a break in the chain stands between two columns. -->
  <xsl:template match="e:earlier-pack" mode="draw">
    <xsl:param name="width"/>
    <xsl:param name="right"/>
    <xsl:variable name="x" select="$right - $width * (position() + 1)"/>
    <xsl:apply-templates select="." mode="column">
      <xsl:with-param name="x" select="$x"/>
      <xsl:with-param name="width" select="$width"/>
      <xsl:with-param name="name" select="string(@period)"/>
    </xsl:apply-templates>
    <xsl:if test="@link != 'adjoins'">
      <line class="break" x1="{format-number($x + $width, '0.#')}" y1="28" x2="{format-number($x + $width, '0.#')}" y2="146"/>
      <text class="break-label" x="{format-number($x + $width, '0.#')}" y="18" text-anchor="middle">
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.link.', @link)"/></xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('link.', @link)"/></xsl:call-template>
      </text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:earlier-pack | e:chain" mode="column">
    <xsl:param name="x"/>
    <xsl:param name="width"/>
    <xsl:param name="name"/>
    <xsl:variable name="middle" select="format-number($x + $width div 2, '0.#')"/>
    <rect class="day-exception" x="{format-number($x + $width div 2 - 18, '0.#')}" y="{format-number(146 - 0.09 * @height, '0.#')}" width="36" height="{format-number(0.09 * @height, '0.#')}"/>
    <text x="{$middle}" y="{format-number(140 - 0.09 * @height, '0.#')}" text-anchor="middle"><xsl:value-of select="@share-text"/></text>
    <text class="tick-label" x="{$middle}" y="166" text-anchor="middle">
      <xsl:variable name="plain" select="translate($name, $direction-controls, '')"/>
      <xsl:value-of select="substring($plain, 1, 10)"/>
      <xsl:if test="string-length($plain) &gt; 10">…</xsl:if>
    </text>
  </xsl:template>

  <xsl:template match="e:earlier-pack" mode="row">
    <tr>
      <th scope="row">
        <bdi><xsl:value-of select="@period"/></bdi>
        <div class="quiet"><bdi><xsl:value-of select="@period-text"/></bdi></div>
      </th>
      <td>
        <xsl:apply-templates select="@link" mode="badge"/>
        <xsl:if test="@missing">
          <div><b><bdi><xsl:value-of select="@missing"/></bdi></b></div>
        </xsl:if>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@exceptions"/><xsl:with-param name="of" select="@judged"/>
        </xsl:call-template>
        <div class="quiet"><xsl:value-of select="@share-text"/></div>
      </td>
      <td><bdi><xsl:value-of select="@tool-version"/></bdi></td>
      <td><code class="digest"><xsl:value-of select="@manifest-sha256"/></code></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
