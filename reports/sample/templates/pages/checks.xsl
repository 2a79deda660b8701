<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     All checks, gathered by result: what was asked of the records, of how many, and what came of it.
  INPUT       <checks-list>
  OUTPUT      k/index.html, by result; k/by-id.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>

  <xsl:variable name="entry" select="'checks'"/>

  <xsl:template match="/e:checks-list"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:key name="by-result" match="e:check-line" use="@result"/>

  <xsl:template match="e:checks-list" mode="body">
    <xsl:apply-templates select="e:orders" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:orders/e:list-order[@by = 'id']/@current = 'true'">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'checks-by-id'"/>
          <xsl:with-param name="rows" select="e:check-line"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="e:check-line">
        <xsl:apply-templates select="key('by-result', 'fail')[1]" mode="group"/>
        <xsl:apply-templates select="key('by-result', 'cannot-tell')[1]" mode="group"/>
        <xsl:apply-templates select="key('by-result', 'exception')[1]" mode="group"/>
        <xsl:apply-templates select="key('by-result', 'pass')[1]" mode="group"/>
        <xsl:apply-templates select="key('by-result', 'not-applicable')[1]" mode="group"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'checks'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The first check of a result opens its group. -->
  <xsl:template match="e:check-line" mode="group">
    <section id="result-{@result}">
      <h2><xsl:apply-templates select="@result" mode="badge"/></h2>
      <p class="section-lead">
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('explain.result.', @result)"/></xsl:call-template>
      </p>
      <xsl:variable name="word">
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'result'"/>
          <xsl:with-param name="value" select="@result"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'checks'"/>
        <xsl:with-param name="a" select="string($word)"/>
        <xsl:with-param name="rows" select="key('by-result', @result)"/>
      </xsl:call-template>
    </section>
  </xsl:template>

  <xsl:template match="e:check-line" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@id"/></bdi></a></th>
      <td>
        <bdi><xsl:value-of select="@title"/></bdi>
        <xsl:if test="../e:orders/e:list-order[@by = 'id']/@current = 'true'">
          <div><xsl:apply-templates select="@result" mode="badge"/></div>
        </xsl:if>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="of" select="@population"/>
          <xsl:with-param name="page" select="concat(@page, '#findings')"/>
        </xsl:call-template>
        <div class="quiet"><bdi><xsl:value-of select="@population-text"/></bdi></div>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@cannot-tell"/>
          <xsl:with-param name="page" select="concat(@page, '#findings')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@findings"/>
          <xsl:with-param name="page" select="concat(@page, '#findings')"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
