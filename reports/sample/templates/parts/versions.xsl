<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Policy versions in rows: in force from, recorded, by whom, approved by whom, what came of it.
  INPUT       <version-facts>.
  MODES       row   one version     changed   how many changes go one way     people   who, and under which ticket
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:version-facts" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row">
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@version"/></bdi></a>
        <xsl:if test="@subject"><div class="quiet"><bdi><xsl:value-of select="@subject"/></bdi></div></xsl:if>
        <xsl:if test="@schema-before">
          <div>
            <small><xsl:call-template name="label"><xsl:with-param name="id" select="'fact.schema'"/></xsl:call-template></small>
            <xsl:text> </xsl:text>
            <xsl:apply-templates select="@schema-before" mode="value"/>
            <xsl:text> → </xsl:text>
            <xsl:apply-templates select="@schema" mode="value"/>
          </div>
        </xsl:if>
        <xsl:if test="@readable = 'false' or @readable = '0'">
          <div>
            <xsl:call-template name="badge">
              <xsl:with-param name="kind" select="'readable'"/>
              <xsl:with-param name="value" select="'false'"/>
            </xsl:call-template>
          </div>
        </xsl:if>
      </th>
      <td>
        <div><xsl:apply-templates select="@effective" mode="value"/></div>
        <xsl:choose>
          <xsl:when test="@until">
            <div>
              <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'span.to'"/></xsl:call-template></span>
              <xsl:text> </xsl:text>
              <xsl:apply-templates select="@until" mode="value"/>
            </div>
          </xsl:when>
          <xsl:otherwise>
            <div class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'version.still'"/></xsl:call-template>
            </div>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <td>
        <xsl:choose>
          <xsl:when test="@recorded"><div><xsl:apply-templates select="@recorded" mode="value"/></div></xsl:when>
          <xsl:otherwise>
            <div class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template>
            </div>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:apply-templates select="@backdated" mode="badge"/>
        <xsl:if test="@redecided">
          <div>
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'redecided.version'"/>
              <xsl:with-param name="n" select="@redecided"/>
              <xsl:with-param name="a"><xsl:apply-templates select="@redecided" mode="value"/></xsl:with-param>
            </xsl:call-template>
          </div>
        </xsl:if>
      </td>
      <td><xsl:apply-templates select="." mode="people"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@rules"/>
          <xsl:with-param name="page" select="concat(@page, '#rules')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@changes"/>
          <xsl:with-param name="page" select="concat(@page, '#changes')"/>
        </xsl:call-template>
        <xsl:if test="not(@first)"><xsl:apply-templates select="@looser | @stricter | @unknown | @neutral" mode="changed"/></xsl:if>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="of" select="@decisions"/>
          <xsl:with-param name="page" select="concat(@page, '#classes')"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <!-- How many of the changes go one way; nothing where none does. -->
  <xsl:template match="@*" mode="changed"/>
  <xsl:template match="@*[. &gt; 0]" mode="changed">
    <div class="way">
      <xsl:apply-templates select="." mode="value"/>
      <xsl:text> </xsl:text>
      <xsl:call-template name="badge">
        <xsl:with-param name="kind" select="'direction'"/>
        <xsl:with-param name="value" select="local-name()"/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template match="e:version-facts" mode="people">
    <xsl:apply-templates select="@author | @approvers | @ticket" mode="pair-line"/>
    <xsl:if test="not(@author)">
      <div class="quiet">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'version.no-author'"/></xsl:call-template>
      </div>
    </xsl:if>
    <xsl:if test="not(@approvers)">
      <div class="quiet">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'version.no-approver'"/></xsl:call-template>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="@*" mode="pair-line">
    <div>
      <small>
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('fact.', local-name())"/></xsl:call-template>
      </small>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="." mode="value"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
