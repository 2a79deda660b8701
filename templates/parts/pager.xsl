<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Lists of many pages: the orders in which a list can be read, and the ranges of its pages.
  INPUT       <orders>, <pages>
  OUTPUT      HTML
  MODES       body       orders and pager
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:orders" mode="body">
    <nav class="orders" aria-labelledby="orders-label">
      <p id="orders-label"><xsl:call-template name="label"><xsl:with-param name="id" select="'orders.by'"/></xsl:call-template></p>
      <ul><xsl:apply-templates select="e:list-order" mode="row"/></ul>
    </nav>
  </xsl:template>

  <xsl:template match="e:list-order" mode="row">
    <li>
      <a href="{$up}{@page}">
        <xsl:if test="@current = 'true'">
          <xsl:attribute name="aria-current"><xsl:choose><xsl:when test="@page = $here">page</xsl:when><xsl:otherwise>true</xsl:otherwise></xsl:choose></xsl:attribute>
        </xsl:if>
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('order.', ../@of, '.', @by)"/></xsl:call-template>
      </a>
    </li>
  </xsl:template>

  <xsl:template match="e:pages" mode="body">
    <div class="pager">
      <p>
        <xsl:choose>
          <xsl:when test="@rows = 0"/>
          <!-- A page that was cut says so, and where the rest is. -->
          <xsl:when test="../e:decision and count(../e:decision) &lt; @last-row - @first-row + 1">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'pager.cut'"/>
              <xsl:with-param name="a" select="format-number(count(../e:decision), '#,##0')"/>
              <xsl:with-param name="b" select="format-number(@rows, '#,##0')"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'pager.rows'"/>
              <xsl:with-param name="a" select="format-number(@first-row, '#,##0')"/>
              <xsl:with-param name="b" select="format-number(@last-row, '#,##0')"/>
              <xsl:with-param name="c" select="format-number(@rows, '#,##0')"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </p>
      <xsl:if test="count(e:page-link) &gt; 1">
        <nav>
          <xsl:attribute name="aria-label">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'pager.label'"/></xsl:call-template>
          </xsl:attribute>
          <ul>
            <xsl:apply-templates select="e:page-link" mode="row"/>
            <xsl:apply-templates select="@index" mode="row"/>
          </ul>
        </nav>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- Where pages are left out: all of them. -->
  <xsl:template match="e:pages/@index" mode="row">
    <li>
      <a href="{$up}{.}"><xsl:call-template name="label"><xsl:with-param name="id" select="'pager.all'"/></xsl:call-template></a>
    </li>
  </xsl:template>

  <xsl:template match="e:page-link" mode="row">
    <xsl:if test="@after-gap"><li class="gap" aria-hidden="true">…</li></xsl:if>
    <li>
      <a href="{$up}{@page}">
        <xsl:if test="@current = 'true' or @current = '1'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
        <bdi><xsl:value-of select="@title"/></bdi>
      </a>
    </li>
  </xsl:template>

</xsl:stylesheet>
