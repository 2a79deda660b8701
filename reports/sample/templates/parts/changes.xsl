<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What versions did to rules: in words, by whom, and field by field.
  INPUT       <changes> with <change> and <field>.
  MODES       body   the run of changes, or a sentence     row   one field, before and after     impact   one figure of the blast radius
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:changes" mode="body">
    <xsl:apply-templates select="e:change" mode="body"/>
  </xsl:template>

  <xsl:template match="e:changes[not(e:change)]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'changes'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:version/e:changes[not(e:change)]" mode="body" priority="2">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'version-changes'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:change" mode="body">
    <article class="change" id="{@anchor}">
      <h3>
        <xsl:apply-templates select="@kind" mode="badge"/>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="." mode="subject"/>
        <xsl:if test="not(/e:version)">
          <xsl:text> </xsl:text>
          <small><xsl:call-template name="say"><xsl:with-param name="id" select="'change.in'"/></xsl:call-template></small>
          <xsl:text> </xsl:text>
          <a href="{$up}{@version-page}"><bdi class="id"><xsl:value-of select="@version"/></bdi></a>
        </xsl:if>
      </h3>
      <p><bdi><xsl:value-of select="@words"/></bdi></p>
      <dl class="facts">
        <xsl:apply-templates select="@direction" mode="fact"/>
        <!-- On a version's page the record of the version says these once for all its changes. -->
        <xsl:if test="not(/e:version)">
          <xsl:apply-templates select="@effective" mode="fact"/>
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'recorded'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@recorded" mode="value"/></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'author'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@author" mode="value"/></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'approvers'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@approvers" mode="value"/></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'ticket'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@ticket" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'decisions-under'"/>
          <xsl:with-param name="value">
            <xsl:apply-templates select="@decisions" mode="value"/>
            <xsl:if test="@in-period = 'false' or @in-period = '0'">
              <xsl:text> </xsl:text>
              <span class="quiet">
                <xsl:call-template name="say"><xsl:with-param name="id" select="'change.outside'"/></xsl:call-template>
              </span>
            </xsl:if>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:apply-templates select="@before-otherwise-under-this | @otherwise-under-before" mode="impact"/>
      </dl>
      <xsl:if test="e:field">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'fields'"/>
          <xsl:with-param name="a" select="string(@rule)"/>
          <xsl:with-param name="b" select="string(@version)"/>
          <xsl:with-param name="rows"><xsl:apply-templates select="e:field" mode="row"/></xsl:with-param>
        </xsl:call-template>
      </xsl:if>
    </article>
  </xsl:template>

  <xsl:template match="e:change" mode="subject">
    <a href="{$up}{@rule-page}"><bdi class="id"><xsl:value-of select="@rule"/></bdi></a>
  </xsl:template>
  <xsl:template match="e:change[@former-rule]" mode="subject">
    <bdi class="id"><xsl:value-of select="@former-rule"/></bdi>
    <xsl:text> → </xsl:text>
    <a href="{$up}{@rule-page}"><bdi class="id"><xsl:value-of select="@rule"/></bdi></a>
  </xsl:template>
  <xsl:template match="e:change[@rule = '-']" mode="subject">
    <xsl:call-template name="say"><xsl:with-param name="id" select="'change.schema'"/></xsl:call-template>
  </xsl:template>

  <!-- The blast radius: decisions that would have come out otherwise. -->
  <xsl:template match="@otherwise-under-before | @otherwise-under-after | @before-otherwise-under-this" mode="impact">
    <xsl:call-template name="fact">
      <xsl:with-param name="name" select="local-name()"/>
      <xsl:with-param name="value">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'impact.decisions'"/>
          <xsl:with-param name="n" select="."/>
          <xsl:with-param name="a"><xsl:apply-templates select="." mode="value"/></xsl:with-param>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:field" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'field'"/>
          <xsl:with-param name="value" select="@name"/>
        </xsl:call-template>
      </th>
      <td><xsl:apply-templates select="." mode="before"/></td>
      <td><xsl:apply-templates select="." mode="after"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:field" mode="before">
    <del><span class="sign">− </span><bdi class="id"><xsl:value-of select="@before"/></bdi></del>
  </xsl:template>
  <xsl:template match="e:field[not(@before) or @before = '']" mode="before">
    <span class="quiet">
      <xsl:call-template name="say"><xsl:with-param name="id" select="'value.nothing'"/></xsl:call-template>
    </span>
  </xsl:template>

  <xsl:template match="e:field" mode="after">
    <ins><span class="sign">+ </span><bdi class="id"><xsl:value-of select="@after"/></bdi></ins>
  </xsl:template>
  <xsl:template match="e:field[not(@after) or @after = '']" mode="after">
    <span class="quiet">
      <xsl:call-template name="say"><xsl:with-param name="id" select="'value.nothing'"/></xsl:call-template>
    </span>
  </xsl:template>

</xsl:stylesheet>
