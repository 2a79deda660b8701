<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What versions did to rules: a sentence, the direction and why, the record, field by field, the blast radius.
  INPUT       <changes> with <change>, <field>, <change-line>.
  MODES       body   the run of changes, or a sentence     row   one field, before and after; one change in a line
              told   a change in full                      group changes of one direction, on a version's page
  PARTS       story.xsl (sentences), impact.xsl (blast radius)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:include href="story.xsl"/>
  <xsl:include href="impact.xsl"/>

  <!-- A rule's changes are a story in the order of time; the earliest stand in short where there are many. -->
  <xsl:template match="e:changes" mode="body">
    <xsl:apply-templates select="." mode="lines"/>
    <xsl:apply-templates select="e:change" mode="told"/>
  </xsl:template>

  <!-- A version's changes stand by direction, those that give requests more room first. -->
  <xsl:template match="e:version/e:changes" mode="body">
    <xsl:if test="not(../e:facts/@first)">
      <ul class="states directions">
        <xsl:apply-templates select="@looser | @unknown | @stricter | @neutral" mode="direction"/>
      </ul>
    </xsl:if>
    <xsl:apply-templates select="e:change[@direction = 'looser'][1]" mode="group"/>
    <xsl:apply-templates select="e:change[@direction = 'unknown'][1]" mode="group"/>
    <xsl:apply-templates select="e:change[@direction = 'stricter'][1]" mode="group"/>
    <xsl:apply-templates select="e:change[@direction = 'neutral'][1]" mode="group"/>
    <xsl:apply-templates select="." mode="lines"/>
  </xsl:template>

  <xsl:template match="e:changes[not(e:change or e:change-line)]" mode="body" priority="2">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'changes'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:version/e:changes[not(e:change or e:change-line)]" mode="body" priority="3">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'version-changes'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="e:version[e:facts/@readable = 'false']/e:changes" mode="body" priority="4">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'version-changes-unread'"/></xsl:call-template>
  </xsl:template>

  <!-- How many changes of a direction; the number opens them. -->
  <xsl:template match="@*" mode="direction"/>
  <xsl:template match="@*[. &gt; 0]" mode="direction">
    <li>
      <xsl:call-template name="badge">
        <xsl:with-param name="kind" select="'direction'"/>
        <xsl:with-param name="value" select="local-name()"/>
      </xsl:call-template>
      <xsl:text> </xsl:text>
      <xsl:call-template name="amount">
        <xsl:with-param name="n" select="."/>
        <xsl:with-param name="of" select="../@of"/>
        <xsl:with-param name="page">
          <xsl:value-of select="$here"/>
          <xsl:choose>
            <xsl:when test="../e:change[@direction = local-name(current())]">#changes-<xsl:value-of select="local-name()"/></xsl:when>
            <xsl:otherwise>#changes-more</xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </li>
  </xsl:template>

  <xsl:template match="e:change" mode="group">
    <h3 class="group" id="changes-{@direction}">
      <xsl:apply-templates select="@direction" mode="badge"/>
    </h3>
    <p class="section-lead">
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('explain.direction.', @direction)"/></xsl:call-template>
    </p>
    <xsl:apply-templates select="../e:change[@direction = current()/@direction]" mode="told"/>
  </xsl:template>

  <!-- Changes in short -->

  <xsl:template match="e:changes" mode="lines">
    <xsl:if test="e:change-line">
      <div id="changes-more">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'change-lines'"/>
          <xsl:with-param name="rows" select="e:change-line"/>
        </xsl:call-template>
      </div>
      <xsl:apply-templates select="." mode="shown"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:change-line" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <xsl:apply-templates select="." mode="subject"/>
        <xsl:if test="not(/e:version)">
          <div><a href="{$up}{@version-page}"><bdi class="id"><xsl:value-of select="@version"/></bdi></a></div>
        </xsl:if>
      </th>
      <td>
        <xsl:apply-templates select="@kind" mode="badge"/>
        <xsl:if test="not(/e:version)"><div><xsl:apply-templates select="@effective" mode="value"/></div></xsl:if>
      </td>
      <td>
        <xsl:if test="not(/e:version/e:facts/@first)"><xsl:apply-templates select="@direction" mode="badge"/></xsl:if>
        <div><bdi><xsl:value-of select="@words"/></bdi></div>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@decisions"/>
          <xsl:with-param name="page" select="@decisions-page"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <!-- A change in full. On a version's page the record of the version says who, when and why once for all its changes. -->

  <xsl:template match="e:change" mode="told">
    <article class="change" id="{@anchor}">
      <h3>
        <xsl:apply-templates select="@kind" mode="badge"/>
        <xsl:text> </xsl:text>
        <small><xsl:call-template name="label"><xsl:with-param name="id" select="'change.in'"/></xsl:call-template></small>
        <xsl:text> </xsl:text>
        <a href="{$up}{@version-page}"><bdi class="id"><xsl:value-of select="@version"/></bdi></a>
      </h3>
      <xsl:apply-templates select="." mode="story"/>
      <xsl:apply-templates select="." mode="why"/>
      <xsl:apply-templates select="@words" mode="words"/>
      <dl class="facts">
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
          <xsl:with-param name="name" select="'approved'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@approved" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'ticket'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@ticket" mode="value"/></xsl:with-param>
        </xsl:call-template>
      </dl>
      <xsl:apply-templates select="." mode="fields"/>
      <xsl:apply-templates select="." mode="radius"/>
    </article>
  </xsl:template>

  <xsl:template match="e:version/e:changes/e:change" mode="told">
    <article class="change" id="{@anchor}">
      <h4>
        <xsl:apply-templates select="@kind" mode="badge"/>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="." mode="subject"/>
      </h4>
      <p class="story">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'story.short'"/>
          <xsl:with-param name="a"><xsl:apply-templates select="." mode="did"/></xsl:with-param>
        </xsl:call-template>
      </p>
      <xsl:apply-templates select="." mode="why"/>
      <xsl:apply-templates select="@words" mode="words"/>
      <xsl:apply-templates select="." mode="fields"/>
      <xsl:apply-templates select="." mode="radius"/>
    </article>
  </xsl:template>

  <xsl:template match="@words" mode="words">
    <p class="says">
      <xsl:call-template name="say">
        <xsl:with-param name="id">
          <xsl:text>change.says</xsl:text>
          <xsl:choose>
            <xsl:when test="../@kind = 'removed'">.before</xsl:when>
            <xsl:when test="../@kind = 'created' or ../@kind = 'reinstated'">.new</xsl:when>
          </xsl:choose>
        </xsl:with-param>
        <xsl:with-param name="a"><bdi><xsl:value-of select="."/></bdi></xsl:with-param>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:change" mode="fields">
    <xsl:if test="e:field">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'fields'"/>
        <xsl:with-param name="a" select="string(@rule)"/>
        <xsl:with-param name="b" select="string(@version)"/>
        <xsl:with-param name="rows" select="e:field"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:change | e:change-line" mode="subject">
    <a href="{$up}{@rule-page}"><bdi class="id"><xsl:value-of select="@rule"/></bdi></a>
  </xsl:template>
  <xsl:template match="e:change[@former-rule] | e:change-line[@former-rule]" mode="subject">
    <bdi class="id"><xsl:value-of select="@former-rule"/></bdi>
    <xsl:text> → </xsl:text>
    <a href="{$up}{@rule-page}"><bdi class="id"><xsl:value-of select="@rule"/></bdi></a>
  </xsl:template>
  <xsl:template match="e:change[@rule = '-'] | e:change-line[@rule = '-']" mode="subject">
    <xsl:call-template name="label"><xsl:with-param name="id" select="'change.schema'"/></xsl:call-template>
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
      <xsl:call-template name="label"><xsl:with-param name="id" select="'value.nothing'"/></xsl:call-template>
    </span>
  </xsl:template>

  <xsl:template match="e:field" mode="after">
    <ins><span class="sign">+ </span><bdi class="id"><xsl:value-of select="@after"/></bdi></ins>
  </xsl:template>
  <xsl:template match="e:field[not(@after) or @after = '']" mode="after">
    <span class="quiet">
      <xsl:call-template name="label"><xsl:with-param name="id" select="'value.nothing'"/></xsl:call-template>
    </span>
  </xsl:template>

</xsl:stylesheet>
